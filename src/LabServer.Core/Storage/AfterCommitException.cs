namespace LabServer.Core.Storage;

/// <summary>What was to follow a commit has failed. The transaction itself is durable, and must not be run again.</summary>
internal sealed class AfterCommitException(Exception inner) : Exception("The transaction is durable; what was to follow it has failed.", inner);
