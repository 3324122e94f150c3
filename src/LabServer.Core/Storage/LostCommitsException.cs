namespace LabServer.Core.Storage;

/// <summary>
/// The database does not have what this process knows to have been committed to it: it has moved to a copy that was behind, or was
/// restored. What the process has in memory is not true of it, so that it has to be started anew.
/// </summary>
/// <param name="number">The entry of the audit trail that is gone, or is another one now.</param>
public sealed class LostCommitsException(long number)
    : Exception(FormattableString.Invariant($"Entry {number} of the audit trail is not what it was: the database has lost commits."));
