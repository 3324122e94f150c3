namespace LabServer.Core.Storage;

/// <summary>What a study holds.</summary>
/// <param name="Subjects">Subjects registered.</param>
/// <param name="SafetySubjects">Subjects with a first dose.</param>
/// <param name="Results">Results that laboratories sent, every version, held ones included.</param>
/// <param name="Held">Results held.</param>
/// <param name="Rejected">Entries of the reject log.</param>
/// <param name="Derived">Results that LabServer computed from others, every version.</param>
public sealed record StudyCounts(long Subjects, long SafetySubjects, long Results, long Held, long Rejected, long Derived);
