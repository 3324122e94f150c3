namespace LabServer.Core.Statistics;

/// <summary>The share of subjects with the event in the first arm minus that in the second; a difference of fractions, not of percent.</summary>
/// <param name="Estimate">The difference, −1 to 1; null only where an arm is empty.</param>
/// <param name="Wald">
/// 95 % interval by √(p(1 − p)/n + q(1 − q)/m), as SAS PROC FREQ, option RISKDIFF, and R's <c>prop.test(correct = FALSE)</c>
/// print it, not cut off at ±1. Null where both variances are 0 (each arm all or none): that is no certainty.
/// </param>
/// <param name="Newcombe">95 % interval from the two Wilson score intervals (Newcombe, Stat Med 1998;17:873, method 10); there also where the variances are 0.</param>
/// <param name="Reason"><see cref="NotComputed.ArmEmpty"/>, or <see cref="NotComputed.NoVariation"/> (no Wald interval, everything else stands).</param>
public sealed record RiskDifference(double? Estimate, Interval? Wald, Interval? Newcombe, NotComputed Reason);
