using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Statistics;
using LabServer.Core.Summaries;
using Measure = LabServer.Core.Summaries.BiomarkerMeasure;
using Visits = Google.Protobuf.Collections.RepeatedField<LabServer.Api.V1.BiomarkerVisit>;

namespace LabServer.Summaries;

/// <content>Biomarkers.</content>
internal sealed partial class SummariesService
{
    [Needs(Permission.ReadSummaries)]
    public override Task<SummarizeBiomarkersResponse> SummarizeBiomarkers(SummarizeBiomarkersRequest request, ServerCallContext context)
    {
        var (study, test) = Find(context, request.StudyId, request.Test, request.SplitBy, request.Arms);
        if (test.Kind != ValueKind.Numeric)
        {
            throw RpcErrors.InvalidArgument("TEST_NOT_NUMERIC", "test", $"{test.Key} has words for values, and no numbers to summarise");
        }

        var options = Options(request);
        var table = values.Tabulate(
            study, test, context.SightOf(study), request.SplitBy, request.Arms, (found, arms, subjects) => BiomarkerTable.Of(found, arms, subjects, options));
        RequireVisit(table.Values, request.Visit);
        return Task.FromResult(new SummarizeBiomarkersResponse
        {
            StudyId = study.StudyId,
            Test = test.Key,
            TestName = test.Name,
            Unit = options.Measure == Measure.PercentChange ? "%" : test.StandardUnit ?? "",
            Measure = (Api.V1.BiomarkerMeasure)options.Measure,
            Bounds = (Api.V1.BoundHandling)options.Bounds,
            Visits = { ToMessages(table.Whole) },
            Strata = { table.Strata.Select(row => new BiomarkerStratum { Stratum = row.Stratum, Visits = { ToMessages(row.Table) } }) },
            ResultsWithoutVisit = table.Values.WithoutVisit,
            SubjectsNotDosed = table.Values.NotDosed,
            Pending = series.CountPending(study.StudyKey),
        });
    }

    private static BiomarkerOptions Options(SummarizeBiomarkersRequest request)
    {
        if (!Enum.IsDefined(request.Measure))
        {
            throw RpcErrors.InvalidArgument("MEASURE_UNKNOWN", "measure", "is none of the measures");
        }

        if (!Enum.IsDefined(request.Bounds))
        {
            throw RpcErrors.InvalidArgument("BOUND_HANDLING_UNKNOWN", "bounds", "is none of the ways to count bounds");
        }

        if (request is { CarryBaseline: true, CarryForward: false })
        {
            throw RpcErrors.InvalidArgument("CARRY_FORWARD_MISSING", "carry_baseline", "says what carry_forward carries, and needs it");
        }

        return new BiomarkerOptions
        {
            Measure = request.Measure == Api.V1.BiomarkerMeasure.Unspecified ? Measure.Value : (Measure)request.Measure,
            Bounds = request.Bounds == Api.V1.BoundHandling.Unspecified
                ? Core.Summaries.BoundHandling.Limit
                : (Core.Summaries.BoundHandling)request.Bounds,
            CarryForward = request.CarryForward,
            CarryBaseline = request.CarryBaseline,
            Visit = Visit(request.Visit),
        };
    }

    private static Visits ToMessages(BiomarkerTable table) =>
    [
        .. table.Visits.Select(visit => new Api.V1.BiomarkerVisit
        {
            Visit = visit.Visit.Visit,
            VisitNumber = visit.Visit.Number,
            Arms = { visit.Arms.Select(ToMessage) },
            Comparison = visit.Comparison is { } comparison ? ToMessage(comparison) : null,
        }),
    ];

    private static Api.V1.BiomarkerArm ToMessage(Core.Summaries.BiomarkerArm arm)
    {
        var message = new Api.V1.BiomarkerArm
        {
            Arm = arm.Arm,
            Subjects = arm.Subjects,
            N = arm.Summary.N,
            Missing = arm.Missing,
            Reason = arm.Summary.Reason.Word(),
            BelowQuantification = arm.BelowQuantification,
            AboveQuantification = arm.AboveQuantification,
            Excluded = arm.Excluded,
            Carried = arm.Carried,
            WithRange = arm.WithRange,
            BelowLower = arm.BelowLower,
            AboveUpper = arm.AboveUpper,
        };
        Set(arm.Summary.Mean, value => message.Mean = value);
        Set(arm.Summary.Sd, value => message.Sd = value);
        Set(arm.Summary.Median, value => message.Median = value);
        Set(arm.Summary.Q1, value => message.Q1 = value);
        Set(arm.Summary.Q3, value => message.Q3 = value);
        Set(arm.Summary.Min, value => message.Min = value);
        Set(arm.Summary.Max, value => message.Max = value);
        return message;
    }

    private static Api.V1.BiomarkerComparison ToMessage(Core.Summaries.BiomarkerComparison comparison)
    {
        var rankSum = new BiomarkerRankSum { Exact = comparison.RankSum.Exact, Reason = comparison.RankSum.Reason.Word() };
        Set(comparison.RankSum.W, value => rankSum.W = value);
        Set(comparison.RankSum.P, value => rankSum.P = value);
        var shift = new BiomarkerShift { Reason = comparison.HodgesLehmann.Reason.Word() };
        Set(comparison.HodgesLehmann.Estimate, value => shift.Estimate = value);
        Set(comparison.HodgesLehmann.Interval?.Low, value => shift.Low = value);
        Set(comparison.HodgesLehmann.Interval?.High, value => shift.High = value);
        return new Api.V1.BiomarkerComparison
        {
            ArmA = comparison.ArmA,
            ArmB = comparison.ArmB,
            TPooled = ToMessage(comparison.Pooled),
            TWelch = ToMessage(comparison.Welch),
            RankSum = rankSum,
            HodgesLehmann = shift,
        };
    }

    private static BiomarkerTTest ToMessage(TTest test)
    {
        var message = new BiomarkerTTest { Reason = test.Reason.Word() };
        Set(test.Difference, value => message.Difference = value);
        Set(test.Interval?.Low, value => message.Low = value);
        Set(test.Interval?.High, value => message.High = value);
        Set(test.Statistic, value => message.T = value);
        Set(test.Df, value => message.Df = value);
        Set(test.P, value => message.P = value);
        return message;
    }

    // What was not computed is not set: a 0 would be a number.
    private static void Set(double? value, Action<double> set)
    {
        if (value is { } number)
        {
            set(number);
        }
    }
}
