using System.Globalization;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A fact about SqlClient; skipped where the process runs without cultures, in which SqlClient refuses to connect.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlClientFactAttribute : FactAttribute
{
    public SqlClientFactAttribute() => Skip = Missing;

    /// <summary>What is missing; null: nothing.</summary>
    internal static string? Missing => CultureInfo.GetCultures(CultureTypes.AllCultures).Length > 1
        ? null
        : "SqlClient was NOT tested: it needs the cultures of ICU (the package libicu), which this process runs without.";
}
