namespace LabServer.Core.Statistics;

/// <summary>The odds of the event in the first arm over those in the second.</summary>
/// <param name="Method"><see cref="OutcomeMethod.Logistic"/>, or <see cref="OutcomeMethod.ExactLogistic"/> where a cell is 0; <see cref="OutcomeMethod.None"/> where nothing was computed.</param>
/// <param name="Estimate">The odds ratio; over 1: the event is more frequent in the first arm.</param>
/// <param name="Interval">
/// Logistic: two-sided 95 %. Exact logistic: one-sided 95 %, from the limit to infinity (upper limit unbounded) or from 0
/// to the limit.
/// </param>
/// <param name="P">Logistic: two-sided Wald p. Exact logistic: one-sided p, in the direction of the estimate.</param>
/// <param name="Reason"><see cref="NotComputed.ArmEmpty"/>, <see cref="NotComputed.NoEvents"/> or <see cref="NotComputed.AllEvents"/>.</param>
public sealed record OddsRatio(OutcomeMethod Method, double? Estimate, Interval? Interval, double? P, NotComputed Reason)
{
    /// <summary>True when interval and p are one-sided.</summary>
    public bool IsOneSided => Method == OutcomeMethod.ExactLogistic;
}
