namespace LabServer.Core.Tests.Support;

/// <summary>A theory that SQLite's own words are in, or that is about it; skipped where tests are run on SQL Server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteTheoryAttribute : TheoryAttribute
{
    public SqliteTheoryAttribute() => Skip = SqliteFactAttribute.Missing;
}
