namespace LabServer.Core.Ingestion;

/// <summary>Names that people give: studies, laboratories, arms.</summary>
public static class NameChecks
{
    /// <summary>Whether a text is a name: not empty, no control characters, no surrounding blanks, not too long.</summary>
    public static bool IsName(string text, int maximumLength) =>
        text.Length > 0
        && text.Length <= maximumLength
        && !char.IsWhiteSpace(text[0])
        && !char.IsWhiteSpace(text[^1])
        && !text.Any(char.IsControl);

    /// <summary>What is wrong with the name of a laboratory, to stand behind the name of its field; null: nothing.</summary>
    public static string? FaultOfLaboratory(string text) =>
        text.Length == 0 ? "is required"
        : !IsName(text, ResultChecks.MaxTextLength)
            ? $"must be 1 to {ResultChecks.MaxTextLength} characters without control characters or surrounding blanks"
        : text[0] == '(' ? "must not start with '(': such names are the server's own, for results that it derives"
        : null;

    /// <summary>Whether a text is a STUDYID: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64 characters.</summary>
    public static bool IsStudyId(string text) =>
        text.Length is > 0 and <= ResultChecks.MaxStudyIdLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
