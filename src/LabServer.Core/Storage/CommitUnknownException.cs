using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>
/// The database was lost while a transaction was being committed: its work is done or it is not. Done again, what is told by a unique
/// key (results, reports, …) is found to be there.
/// </summary>
/// <param name="inner">What became of the connection.</param>
public sealed class CommitUnknownException(Exception inner) : DbException("The database was lost during a commit, whose outcome is not known.", inner);
