namespace LabServer.Core.Storage;

/// <summary>The database cannot be used by this program. The message says why.</summary>
public sealed class SchemaException(string message) : Exception(message);
