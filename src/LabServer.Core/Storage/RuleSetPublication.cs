using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>What became of a rule set that was to be published or checked.</summary>
/// <param name="RuleSet">The set; null when it has faults.</param>
/// <param name="AlreadyPublished">The very same file is published already, and nothing was changed.</param>
/// <param name="Faults">Every fault; empty: good.</param>
public sealed record RuleSetPublication(RuleSet? RuleSet, bool AlreadyPublished, IReadOnlyList<string> Faults);
