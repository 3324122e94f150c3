namespace LabServer.Core.Tests.Support;

/// <summary>A fact that SQLite's own words are in, or that is about it; skipped where tests are run on SQL Server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute() => Skip = Missing;

    /// <summary>Why it is skipped; null: it is not.</summary>
    internal static string? Missing => TestDatabase.SqlServer is null && !TestDatabase.IsDouble ? null : "This test is about SQLite.";
}
