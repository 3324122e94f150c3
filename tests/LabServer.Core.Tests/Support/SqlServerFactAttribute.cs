namespace LabServer.Core.Tests.Support;

/// <summary>A fact that needs a SQL Server; without one it is skipped, and says what has not been tested.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlServerFactAttribute : FactAttribute
{
    public SqlServerFactAttribute() => Skip = TestDatabase.SqlServer is not null
        ? null
        : $"Nothing was tested on SQL Server: {TestDatabase.Variable} holds no connection string with the right to make databases.";
}
