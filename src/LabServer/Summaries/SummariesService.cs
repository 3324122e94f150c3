using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Studies;
using Incidence = LabServer.Core.Summaries.TermIncidence;

namespace LabServer.Summaries;

internal sealed partial class SummariesService(
    StudyLookup lookup, SummaryStore summaries, SeriesStore series, DatasetExports exports, StrataStore strata, LiverSafetyStore liver, ShiftTables shifts,
    SubjectProfile profiles, SubjectStore subjects, RuleSetStore ruleSets, AnalysisValues values)
    : Api.V1.SummariesService.SummariesServiceBase
{
    public override Task<SummarizeAdverseEventsResponse> SummarizeAdverseEvents(
        SummarizeAdverseEventsRequest request, ServerCallContext context)
    {
        var (study, ruleSet) = lookup.Find(request.StudyId, request.RuleSetId);
        var table = summaries.Incidence(study, ruleSet.Id, request.ExcludeReported);
        return Task.FromResult(new SummarizeAdverseEventsResponse
        {
            StudyId = study.StudyId,
            RuleSetId = request.RuleSetId,
            Arms = { table.Arms.Select(arm => new Api.V1.ArmSize { Arm = arm.Arm, Subjects = (int)arm.Subjects }) },
            Terms = { table.Terms.Select(ToMessage) },
            Any = { table.Any.Select(ToMessage) },
            NotGradable =
            {
                table.NotGradable.Select(row => new Api.V1.NotGradableCount { Reason = row.Reason.Word(), Results = row.Results }),
            },
            Pending = series.CountPending(study.StudyKey),
        });
    }

    private static Api.V1.TermIncidence ToMessage(Incidence incidence) => new()
    {
        Term = incidence.Term.Name,
        SystemOrganClass = incidence.Term.SystemOrganClass,
        Direction = (Api.V1.ToxicityDirection)(incidence.Term.Direction ?? 0),
        Arms = { incidence.Arms.Select(ToMessage) },
    };

    private static Api.V1.GradeCounts ToMessage(Core.Summaries.GradeCounts counts) => new()
    {
        Arm = counts.Arm,
        Grade1 = counts.Grade1,
        Grade2 = counts.Grade2,
        Grade3 = counts.Grade3,
        Grade4 = counts.Grade4,
        Grade5 = counts.Grade5,
        Any = counts.Any,
    };
}
