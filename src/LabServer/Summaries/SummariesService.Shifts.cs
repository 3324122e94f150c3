using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;
using Counts = LabServer.Core.Summaries.ShiftCounts;

namespace LabServer.Summaries;

internal sealed partial class SummariesService
{
    [Needs(Permission.ReadSummaries)]
    public override async Task SummarizeShifts(
        SummarizeShiftsRequest request, IServerStreamWriter<SummarizeShiftsResponse> responseStream, ServerCallContext context)
    {
        var (study, query) = ToQuery(context, request);
        var (isFirst, pending) = (true, series.CountPending(study.StudyKey));
        var reader = readers.Of(context);
        foreach (var table in shifts.Read(study, context.SightOf(study), query))
        {
            reader.ThrowIfOver();
            context.RequireStillKnown();
            var message = ToMessage(study, request.RuleSetId, query.RuleSet is not null, table);
            message.Pending = isFirst ? pending : 0;
            isFirst = false;
            await reader.Take(responseStream.WriteAsync(message, context.CancellationToken));
        }

        if (isFirst && request.Visit.Length > 0)
        {
            throw RpcErrors.InvalidArgument("VISIT_UNKNOWN", "visit", $"'{request.Visit}': nobody has a result of a later day than the first dose there");
        }
    }

    private (Core.Study Study, ShiftQuery Query) ToQuery(ServerCallContext context, SummarizeShiftsRequest request)
    {
        var byGrade = request.By is ShiftBy.Unspecified or ShiftBy.Grade;
        var (study, ruleSet) = byGrade ? lookup.Find(context, request.StudyId, request.RuleSetId) : (lookup.Find(context, request.StudyId), null);
        var faults = new List<(string Field, string Description)>();
        if (!byGrade && request.By != ShiftBy.Indicator)
        {
            faults.Add(("by", "is none of the known ones"));
        }

        TestDefinition? test = null;
        if (request.Test.Length > 0 && (test = values.FindTest(request.Test)) is null)
        {
            faults.Add(("test", $"'{request.Test}' is no test of the catalogue"));
        }

        Term? term = null;
        if (request.Term.Length > 0 && ruleSet is null)
        {
            faults.Add(("term", "is for tables by grade; range indicators are of a test"));
        }
        else if (request.Term.Length > 0 && (term = ruleSet!.Find(request.Term.Trim())) is null)
        {
            faults.Add(("term", $"'{request.Term}' is no term of {request.RuleSetId}"));
        }
        else if (term is not null && test is not null && !term.Tests.Contains(test.Key))
        {
            faults.Add(("test", $"the term does not look at {test.Key}"));
        }

        if (request.WorstOnly && request.Visit.Length > 0)
        {
            faults.Add(("worst_only", "does not go with visit"));
        }

        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument("SHIFT_INVALID", faults);
        }

        strata.Require(context, study, request.SplitBy, request.Arms, compared: false);
        return (study, new ShiftQuery
        {
            RuleSet = ruleSet,
            Test = test,
            Term = term,
            Visit = request.Visit,
            WorstOnly = request.WorstOnly,
            SplitBy = request.SplitBy,
            Arms = request.Arms,
        });
    }

    private static SummarizeShiftsResponse ToMessage(Core.Study study, string ruleSetId, bool byGrade, ShiftTable table) => new()
    {
        StudyId = study.StudyId,
        RuleSetId = byGrade ? ruleSetId : "",
        By = byGrade ? ShiftBy.Grade : ShiftBy.Indicator,
        Test = table.Heading.Test,
        TestName = table.Heading.TestName,
        Term = table.Heading.Term?.Name ?? "",
        Direction = (Api.V1.ToxicityDirection)(table.Heading.Direction ?? 0),
        Worst = table.Heading.Visit is null,
        Visit = table.Heading.Visit?.Visit ?? "",
        VisitNumber = table.Heading.Visit?.Number ?? "",
        Categories = { table.Heading.Categories.Select(category => category.Word()) },
        Arms = { table.Arms.Select(ToMessage) },
        Total = ToMessage(table.Total),
        Strata =
        {
            table.Strata.Select(stratum => new Api.V1.ShiftStratum
            {
                Stratum = stratum.Value,
                Arms = { stratum.Arms.Select(ToMessage) },
                Total = ToMessage(stratum.Total),
            }),
        },
    };

    private static Api.V1.ShiftCounts ToMessage(Counts counts) => new()
    {
        Arm = counts.Arm,
        Subjects = counts.Subjects,
        Cells =
        {
            counts.Cells.Select(cell => new Api.V1.ShiftCell
            {
                Baseline = cell.Shift.Baseline.Word(),
                Value = cell.Shift.Value.Word(),
                Subjects = cell.Subjects,
            }),
        },
    };
}
