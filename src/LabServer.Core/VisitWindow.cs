namespace LabServer.Core;

/// <summary>A visit of a study (AVISIT) as the study days it takes in.</summary>
/// <param name="Visit">AVISIT.</param>
/// <param name="VisitNumber">AVISITN as text; may be empty.</param>
/// <param name="FirstDay">First study day, itself included. There is no day 0.</param>
/// <param name="LastDay">Last study day, itself included.</param>
/// <param name="TargetDay">The day the visit was planned for; null: not said.</param>
public sealed record VisitWindow(string Visit, string VisitNumber, int FirstDay, int LastDay, int? TargetDay);
