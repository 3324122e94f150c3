namespace LabServer.Core.Storage;

/// <summary>A published rule set is not what it was when this database was graded under it.</summary>
/// <param name="ruleSetId">The set.</param>
/// <param name="stored">Hash on file.</param>
/// <param name="found">Hash now.</param>
public sealed class RuleSetChangedException(string ruleSetId, string stored, string found)
    : Exception($"Rule set {ruleSetId} was published with SHA-256 {stored} and now has {found}. A correction must be a new version.");
