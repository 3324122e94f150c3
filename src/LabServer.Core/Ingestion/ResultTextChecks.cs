using System.Text;

namespace LabServer.Core.Ingestion;

/// <summary>Checks of the texts of a result by themselves: there, not too long, and made of characters.</summary>
internal static class ResultTextChecks
{
    /// <returns>Whether the text can be looked at further: it is there, and has no fault.</returns>
    public static bool Check(string? text, string field, bool required, ref List<Fault>? faults, int most = ResultChecks.MaxTextLength)
    {
        var isBlank = string.IsNullOrWhiteSpace(text);
        if (isBlank && required)
        {
            Add(ref faults, FaultCode.FieldMissing, field, $"{field} is required.");
            return false;
        }

        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        // Blanks are stored as they were sent like any other text, so there must not be millions of them.
        var sound = !isBlank;
        if (text.Length > most)
        {
            Add(ref faults, FaultCode.FieldTooLong, field, $"{field} is longer than {most} characters.");
            sound = false;
        }

        if (!IsWellFormed(text))
        {
            Add(ref faults, FaultCode.TextMalformed, field, Malformed(field));
            sound = false;
        }

        return sound;
    }

    /// <summary>An id that an engine would take for another: it ends with a blank.</summary>
    public static void CheckEnd(string? id, string field, ref List<Fault>? faults)
    {
        if (id is [.., ' '])
        {
            Add(ref faults, FaultCode.TextMalformed, field, $"{field} ends with a blank, which the database of this server does not tell from the same without.");
        }
    }

    public static void Add(ref List<Fault>? faults, FaultCode code, string field, string message) =>
        (faults ??= []).Add(new Fault(code, field, message));

    private static string Malformed(string field) => $"{field} has control characters or is not well-formed Unicode.";

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        // Nearly every text is printable ASCII, which one vectorized look tells.
        if (!text.ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
