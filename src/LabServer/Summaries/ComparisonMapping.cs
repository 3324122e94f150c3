using LabServer.Core.Statistics;

namespace LabServer.Summaries;

/// <summary>Comparisons of two arms on the wire: what was not computed is absent and has a reason, and nothing is NaN.</summary>
internal static class ComparisonMapping
{
    public static Api.V1.IncidenceComparison? ToMessage(Core.Summaries.IncidenceComparison? comparison)
    {
        if (comparison is null)
        {
            return null;
        }

        var (difference, ratio, test) = (comparison.RiskDifference, comparison.OddsRatio, comparison.Test);
        var message = new Api.V1.IncidenceComparison
        {
            Wald = ToMessage(difference.Wald),
            Newcombe = ToMessage(difference.Newcombe),
            RiskDifferenceReason = difference.Reason.Word(),
            OddsRatioInterval = ToMessage(ratio.Interval),
            OddsRatioMethod = ratio.Method.Word(),
            OddsRatioReason = ratio.Reason.Word(),
            Test = test.Method.Word(),
            TestReason = test.Reason.Word(),
        };
        if (difference.Estimate is { } estimate)
        {
            message.RiskDifference = estimate;
        }

        if (ratio.Estimate is { } odds)
        {
            message.OddsRatio = odds;
        }

        if (test.P is { } p)
        {
            message.P = p;
        }

        return message;
    }

    private static Api.V1.IncidenceInterval? ToMessage(Interval? interval)
    {
        if (interval is null)
        {
            return null;
        }

        var message = new Api.V1.IncidenceInterval { Low = interval.Low, Unbounded = interval.IsUnbounded };
        if (interval.High is { } high)
        {
            message.High = high;
        }

        return message;
    }
}
