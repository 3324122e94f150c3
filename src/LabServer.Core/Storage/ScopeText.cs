namespace LabServer.Core.Storage;

/// <summary>
/// Names that a caller is limited to, as one parameter of a statement: each between two unit separators, which no name
/// holds. Empty: not limited.
/// </summary>
internal static class ScopeText
{
    private const char Separator = (char)31;

    public static string Of(IReadOnlySet<string>? names) =>
        names is null ? "" : names.Count == 0 ? $"{Separator}" : $"{Separator}{string.Join(Separator, names)}{Separator}";
}
