using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Grading;
using LabServer.Studies;
using Entry = LabServer.Core.Summaries.ProfileEntry;
using Grade = LabServer.Core.Summaries.ProfileGrade;
using Result = LabServer.Core.Summaries.ProfileResult;

namespace LabServer.Summaries;

internal sealed partial class SummariesService
{
    // What an answer holds at most, so that none is too large for a client.
    private const int EntriesInAnAnswer = 200;

    [Needs(Permission.ReadSummaries)]
    public override async Task GetSubjectProfile(
        GetSubjectProfileRequest request, IServerStreamWriter<GetSubjectProfileResponse> responseStream, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var (_, ruleSet) = lookup.Find(context, request.StudyId, request.RuleSetId.Length > 0 ? request.RuleSetId : study.RuleSets[0]);
        if (request.SubjectId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("SUBJECT_MISSING", "subject_id", "is required");
        }

        var subject = subjects.Find(study.StudyKey, context.SightOf(study), request.SubjectId) ?? throw RpcErrors.NotFound("subject", request.SubjectId);
        var message = new GetSubjectProfileResponse
        {
            Subject = StudyMapping.ToMessage(subject),
            RuleSetId = request.RuleSetId.Length > 0 ? request.RuleSetId : RuleSetReference.Display(ruleSets.Of(study))[0],
            Pending = series.CountPending(study.StudyKey),
        };
        foreach (var entry in profiles.Read(study, subject, context.SightOf(study), ruleSet.Id))
        {
            message.Entries.Add(ToMessage(entry));
            if (message.Entries.Count == EntriesInAnAnswer)
            {
                context.RequireStillKnown();
                await responseStream.WriteAsync(message, context.CancellationToken);
                message = new GetSubjectProfileResponse();
            }
        }

        if (message.Subject is not null || message.Entries.Count > 0)
        {
            await responseStream.WriteAsync(message, context.CancellationToken);
        }
    }

    private static Api.V1.ProfileEntry ToMessage(Entry entry)
    {
        var message = new Api.V1.ProfileEntry { At = entry.At };
        if (entry.StudyDay is { } day)
        {
            message.StudyDay = day;
        }

        if (entry.Result is { } result)
        {
            message.Result = ToMessage(result);
        }
        else if (entry.Dose is { } dose)
        {
            message.Dose = DoseMapping.ToMessage(dose);
        }
        else
        {
            message.Event = EventMapping.ToMessage(entry.Event!);
        }

        return message;
    }

    private static Api.V1.ProfileResult ToMessage(Result result)
    {
        var message = new Api.V1.ProfileResult
        {
            Test = result.Test,
            Laboratory = result.Laboratory,
            SourceResultId = result.SourceResultId,
            ReportedValue = result.ReportedValue,
            ReportedUnit = result.ReportedUnit,
            StandardUnit = result.StandardUnit,
            Indicator = (Api.V1.RangeIndicator)(result.Indicator ?? 0),
            Visit = result.Visit,
            Baseline = result.IsBaseline,
            Grades = { result.Grades.Select(ToMessage) },
            Flags = { result.Flags.Select(flag => flag.Word()) },
        };
        if (result.StandardValue is { } value)
        {
            message.StandardValue = value;
        }

        if (result.LowerLimit is { } low)
        {
            message.LowerLimit = low;
        }

        if (result.UpperLimit is { } high)
        {
            message.UpperLimit = high;
        }

        return message;
    }

    private static Api.V1.ProfileGrade ToMessage(Grade grade)
    {
        var message = new Api.V1.ProfileGrade
        {
            Term = grade.Term.Name,
            Direction = (Api.V1.ToxicityDirection)grade.Term.Direction,
            Reason = grade.Reason?.Word() ?? "",
        };
        if (grade.Grade is { } found)
        {
            message.Grade = found;
        }

        return message;
    }
}
