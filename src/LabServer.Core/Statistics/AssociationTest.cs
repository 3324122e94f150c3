namespace LabServer.Core.Statistics;

/// <summary>A test of whether event and arm go together.</summary>
/// <param name="Method"><see cref="OutcomeMethod.ChiSquare"/> or <see cref="OutcomeMethod.FisherExact"/>; <see cref="OutcomeMethod.None"/> where nothing was computed.</param>
/// <param name="Statistic">The chi-square statistic, one degree of freedom; null for Fisher, which has none.</param>
/// <param name="P">Two-sided p; 0 where it is smaller than a double can hold.</param>
/// <param name="Reason"><see cref="NotComputed.ArmEmpty"/>, <see cref="NotComputed.NoEvents"/> or <see cref="NotComputed.AllEvents"/>.</param>
public sealed record AssociationTest(OutcomeMethod Method, double? Statistic, double? P, NotComputed Reason);
