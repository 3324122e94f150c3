using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Statistics;
using LabServer.Core.Summaries;
using Visits = Google.Protobuf.Collections.RepeatedField<LabServer.Api.V1.OutcomeVisit>;

namespace LabServer.Summaries;

/// <content>Yes/no outcomes.</content>
internal sealed partial class SummariesService
{
    [Needs(Permission.ReadSummaries)]
    public override Task<SummarizeOutcomesResponse> SummarizeOutcomes(SummarizeOutcomesRequest request, ServerCallContext context)
    {
        var (study, test) = Find(context, request.StudyId, request.Test, request.SplitBy, request.Arms);
        if (test.YesNo is not { } codes)
        {
            throw RpcErrors.InvalidArgument("TEST_NOT_YES_NO", "test", $"{test.Key} has no words for yes and no in the catalogue");
        }

        var visit = Visit(request.Visit);
        var table = values.Tabulate(
            study, test, context.SightOf(study), request.SplitBy, request.Arms,
            (found, arms, subjects) => OutcomeTable.Of(found, arms, subjects, visit),
            text => codes.Read(text) is not null);
        RequireVisit(table.Values, request.Visit);
        return Task.FromResult(new SummarizeOutcomesResponse
        {
            StudyId = study.StudyId,
            Test = test.Key,
            TestName = test.Name,
            Visits = { ToMessages(table.Whole) },
            Strata = { table.Strata.Select(row => new OutcomeStratum { Stratum = row.Stratum, Visits = { ToMessages(row.Table) } }) },
            Undecided = { table.Whole.Undecided.Select(ToMessage) },
            ResultsWithoutVisit = table.Values.WithoutVisit,
            SubjectsNotDosed = table.Values.NotDosed,
            Pending = series.CountPending(study.StudyKey),
        });
    }

    private static Visits ToMessages(OutcomeTable table) =>
    [
        .. table.Visits.Select(visit => new Api.V1.OutcomeVisit
        {
            Visit = visit.Visit.Visit,
            VisitNumber = visit.Visit.Number,
            Arms =
            {
                visit.Arms.Select(arm => new Api.V1.OutcomeArm
                {
                    Arm = arm.Arm,
                    Subjects = arm.Subjects,
                    Events = arm.Events,
                    N = arm.N,
                    Undecided = arm.Undecided,
                    Missing = arm.Missing,
                }),
            },
            Comparison = visit.Comparison is { } comparison ? ToMessage(comparison) : null,
        }),
    ];

    private static Api.V1.OutcomeComparison ToMessage(Core.Summaries.OutcomeComparison comparison)
    {
        var difference = new OutcomeRiskDifference { Reason = comparison.RiskDifference.Reason.Word() };
        Set(comparison.RiskDifference.Estimate, value => difference.Estimate = value);
        Set(comparison.RiskDifference.Wald?.Low, value => difference.Low = value);
        Set(comparison.RiskDifference.Wald?.High, value => difference.High = value);
        var test = new OutcomeTest { Name = comparison.Test.Method.Word(), Reason = comparison.Test.Reason.Word() };
        Set(comparison.Test.Statistic, value => test.Statistic = value);
        Set(comparison.Test.P, value => test.P = value);
        return new Api.V1.OutcomeComparison
        {
            ArmA = comparison.ArmA,
            ArmB = comparison.ArmB,
            OddsRatio = ToMessage(comparison.OddsRatio),
            Test = test,
            RiskDifference = difference,
        };
    }

    private static OutcomeOddsRatio ToMessage(OddsRatio ratio)
    {
        var message = new OutcomeOddsRatio
        {
            Method = ratio.Method.Word(),
            Unbounded = ratio.Interval?.IsUnbounded ?? false,
            Reason = ratio.Reason.Word(),
        };
        Set(ratio.Estimate, value => message.Estimate = value);
        Set(ratio.Interval?.Low, value => message.Low = value);
        Set(ratio.Interval?.High, value => message.High = value);
        Set(ratio.P, value => message.P = value);
        return message;
    }

    private static Api.V1.UndecidedText ToMessage(Core.Summaries.UndecidedText row) => new() { Text = row.Text, Records = row.Records };
}
