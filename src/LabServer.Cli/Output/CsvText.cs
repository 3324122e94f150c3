using System.Buffers;

namespace LabServer.Cli.Output;

/// <summary>Writes CSV lines: RFC 4180, but with a line feed alone, so that files are the same on every system.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Writes one line.</summary>
    public static void WriteLine(TextWriter output, IEnumerable<string> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
            {
                output.Write(',');
            }

            first = false;
            WriteField(output, field);
        }

        output.Write('\n');
    }

    /// <summary>Writes one field, quoted where it must be.</summary>
    public static void WriteField(TextWriter output, string field)
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
