namespace LabServer.Core.Storage;

/// <summary>A rule set that was published on this server and that this program cannot use: it is kept, and nothing is served.</summary>
/// <param name="ruleSetId">The set.</param>
/// <param name="faults">What is wrong with it.</param>
public sealed class PublishedRuleSetException(string ruleSetId, IReadOnlyList<string> faults)
    : Exception($"Rule set {ruleSetId}, published on this server, cannot be used by this program: {string.Join("; ", faults)}. It stays on file; go on with the program that it was published with.");
