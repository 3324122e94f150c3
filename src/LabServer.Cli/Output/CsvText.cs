using System.Buffers;
using LabServer.Core;

namespace LabServer.Cli.Output;

/// <summary>
/// Writes CSV lines: RFC 4180, but with a line feed alone, so that files are the same on every system. For people and their
/// spreadsheets cells are made harmless (<see cref="SpreadsheetText"/>); a file that a program reads again, in which a
/// field must be found as it was sent, is written as it is.
/// </summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes one line for people.</summary>
    public static void WriteLine(TextWriter output, IEnumerable<string> fields) => WriteLineAsIs(output, fields.Select(SpreadsheetText.Neutral));

    /// <summary>Writes one line whose fields must be read back as they are.</summary>
    public static void WriteLineAsIs(TextWriter output, IEnumerable<string> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
            {
                output.Write(',');
            }

            first = false;
            WriteFieldAsIs(output, field);
        }

        output.Write('\n');
    }

    /// <summary>Writes one field as it is, quoted where it must be.</summary>
    public static void WriteFieldAsIs(TextWriter output, string field)
    {
        // A field with a space at an end is quoted too: some readers trim, and values are kept as sent.
        if (field.AsSpan().ContainsAny(Special) || field.StartsWith(' ') || field.EndsWith(' '))
        {
            output.Write('"');
            output.Write(field.Replace("\"", "\"\"", StringComparison.Ordinal));
            output.Write('"');
        }
        else
        {
            output.Write(field);
        }
    }
}
