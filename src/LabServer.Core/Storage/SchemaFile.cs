namespace LabServer.Core.Storage;

/// <summary>A numbered schema file, never edited once released.</summary>
/// <param name="Number">Its place in the order, from 1.</param>
/// <param name="Name">File name.</param>
/// <param name="Sql">Its statements.</param>
/// <param name="Sha256">Hash of <paramref name="Sql"/>, lower-case hexadecimal, as journalled.</param>
public sealed record SchemaFile(int Number, string Name, string Sql, string Sha256);
