namespace LabServer.Core.Storage;

/// <summary>A share of the subjects that this process has for grading.</summary>
/// <param name="Share">Its number, or <see cref="GradingShares.Intake"/>.</param>
/// <param name="Fence">
/// The number it had when it was claimed. Each claim makes it greater, so that one who was taken for dead cannot write any more.
/// </param>
public readonly record struct ShareClaim(int Share, long Fence);
