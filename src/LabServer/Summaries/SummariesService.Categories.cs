using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Statistics;
using LabServer.Core.Summaries;
using Visits = Google.Protobuf.Collections.RepeatedField<LabServer.Api.V1.CategoryVisit>;

namespace LabServer.Summaries;

/// <content>Ordered outcomes.</content>
internal sealed partial class SummariesService
{
    [Needs(Permission.ReadSummaries)]
    public override Task<SummarizeCategoriesResponse> SummarizeCategories(SummarizeCategoriesRequest request, ServerCallContext context)
    {
        var (study, test) = Find(context, request.StudyId, request.Test, request.SplitBy, request.Arms);
        if (test.Categories.Count == 0)
        {
            throw RpcErrors.InvalidArgument("TEST_WITHOUT_CATEGORIES", "test", $"{test.Key} has no ordered categories in the catalogue");
        }

        var visit = Visit(request.Visit);
        var table = values.Tabulate(
            study, test, context.SightOf(study), request.SplitBy, request.Arms,
            (found, arms, subjects) => CategoryTable.Of(found, arms, subjects, visit),
            text => test.Categories.Any(category => category.Is(text)));
        RequireVisit(table.Values, request.Visit);
        return Task.FromResult(new SummarizeCategoriesResponse
        {
            StudyId = study.StudyId,
            Test = test.Key,
            TestName = test.Name,
            Categories = { test.Categories.Select(category => category.Name) },
            Visits = { ToMessages(table.Whole) },
            Strata = { table.Strata.Select(row => new CategoryStratum { Stratum = row.Stratum, Visits = { ToMessages(row.Table) } }) },
            Undecided = { table.Whole.Undecided.Select(ToMessage) },
            ResultsWithoutVisit = table.Values.WithoutVisit,
            SubjectsNotDosed = table.Values.NotDosed,
            Pending = series.CountPending(study.StudyKey),
        });
    }

    private static Visits ToMessages(CategoryTable table) =>
    [
        .. table.Visits.Select(visit => new Api.V1.CategoryVisit
        {
            Visit = visit.Visit.Visit,
            VisitNumber = visit.Visit.Number,
            Arms =
            {
                visit.Arms.Select(arm => new Api.V1.CategoryArm
                {
                    Arm = arm.Arm,
                    Subjects = arm.Subjects,
                    N = arm.N,
                    Counts = { arm.Counts },
                    Undecided = arm.Undecided,
                    Missing = arm.Missing,
                }),
            },
            Comparison = visit.Comparison is { } odds ? ToMessage(odds, visit.Arms[0].Arm, visit.Arms[1].Arm) : null,
        }),
    ];

    private static CategoryComparison ToMessage(ProportionalOdds odds, string armA, string armB)
    {
        var message = new CategoryComparison { ArmA = armA, ArmB = armB, Reason = odds.Reason.Word() };
        Set(odds.OddsRatio, value => message.OddsRatio = value);
        Set(odds.Interval?.Low, value => message.Low = value);
        Set(odds.Interval?.High, value => message.High = value);
        Set(odds.P, value => message.P = value);
        return message;
    }
}
