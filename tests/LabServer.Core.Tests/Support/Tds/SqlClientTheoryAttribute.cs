namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A <see cref="SqlClientFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlClientTheoryAttribute : TheoryAttribute
{
    public SqlClientTheoryAttribute() => Skip = SqlClientFactAttribute.Missing;
}
