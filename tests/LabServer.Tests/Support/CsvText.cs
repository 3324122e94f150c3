using System.Text;

namespace LabServer.Tests.Support;

/// <summary>Reads CSV as RFC 4180 has it, on its own: what the server writes is not checked with its own reader.</summary>
internal static class CsvText
{
    /// <summary>The rows below the header line, by column.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(TextReader reader)
    {
        using var records = Records(reader).GetEnumerator();
        Assert.True(records.MoveNext(), "The file has no header line.");
        var header = records.Current;
        while (records.MoveNext())
        {
            Assert.Equal(header.Count, records.Current.Count);
            yield return header.Zip(records.Current).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>The records, the header line among them.</summary>
    public static IEnumerable<List<string>> Records(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            while (line.Count(c => c == '"') % 2 == 1 && reader.ReadLine() is { } more)
            {
                line += "\n" + more;
            }

            yield return line.Contains('"', StringComparison.Ordinal) ? Quoted(line) : [.. line.Split(',')];
        }
    }

    private static List<string> Quoted(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
