using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>All connections that may read at a time (<c>Max Pool Size</c>) are in use, and none was given back in time.</summary>
public sealed class NoReaderException(Exception inner) : DbException("All connections for reading are in use (Max Pool Size of the connection string).", inner);
