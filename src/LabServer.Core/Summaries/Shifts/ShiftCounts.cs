namespace LabServer.Core.Summaries;

/// <summary>Subjects of an arm, or of all, by where they were at baseline and where they went.</summary>
/// <param name="Arm">The arm; empty in a total.</param>
/// <param name="Subjects">The safety population, which the cells add up to: who has no result is in a cell for that.</param>
/// <param name="Cells">Cells with at least one subject, by row and column.</param>
public sealed record ShiftCounts(string Arm, int Subjects, IReadOnlyList<ShiftCell> Cells);

/// <summary>One cell.</summary>
/// <param name="Shift">Row and column.</param>
/// <param name="Subjects">Subjects in it.</param>
public readonly record struct ShiftCell(Shift Shift, int Subjects);
