namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A statement of SQLite.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Otherwise">What is run where it has changed no row; null: nothing.</param>
internal sealed record SqliteStep(string Sql, string? Otherwise);
