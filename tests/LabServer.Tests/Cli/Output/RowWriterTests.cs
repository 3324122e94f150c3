using System.Text.Json;
using System.Text.Json.Nodes;
using LabServer.Cli.Output;

namespace LabServer.Tests.Cli.Output;

public sealed class RowWriterTests
{
    private static readonly IReadOnlyList<Column<Row>> Columns =
    [
        new("source_result_id", row => row.Id),
        new("standard_value", row => row.Value),
        new("hold_reasons", row => row.Reasons),
        new("received_at", row => row.At, InTable: false),
        new("nested", row => new JsonObject { ["unit"] = "µmol/L" }, InTable: false),
    ];

    private static readonly Row[] Rows =
    [
        new("a,\"b\"", 0.1, ["X", "Y"], new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))),
        new(" [c] ", null, [], null),
    ];

    [Fact]
    public void Write_Csv_QuotesAndKeepsEveryColumn() => Assert.Equal(
        "source_result_id,standard_value,hold_reasons,received_at,nested\n"
            + "\"a,\"\"b\"\"\",0.1,\"X, Y\",2020-01-02T02:04:05Z,\"{\"\"unit\"\":\"\"µmol/L\"\"}\"\n"
            + "\" [c] \",,,,\"{\"\"unit\"\":\"\"µmol/L\"\"}\"\n",
        Written(OutputFormat.Csv, Rows));

    [Fact]
    public void Write_CsvTextThatASpreadsheetWouldRun_IsMadeHarmlessAndANumberStays()
    {
        Row[] rows = [new("=1+1", -0.5, ["@a"], null), new("-3", 2, [], null)];

        Assert.Equal(
            ["'=1+1,-0.5,'@a", "-3,2,"],
            Written(OutputFormat.Csv, rows).Split('\n')[1..3].Select(line => string.Join(',', line.Split(',')[..3])));
        Assert.Contains("\"=1+1\"", Written(OutputFormat.Json, rows), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_IsAnArrayWithNamesInCamelCase()
    {
        var text = Written(OutputFormat.Json, Rows);

        using var json = JsonDocument.Parse(text);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Equal(
            ["sourceResultId", "standardValue", "holdReasons", "receivedAt", "nested"],
            json.RootElement[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.1, json.RootElement[0].GetProperty("standardValue").GetDouble());
        Assert.Equal("Y", json.RootElement[0].GetProperty("holdReasons")[1].GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement[1].GetProperty("standardValue").ValueKind);
        Assert.Contains("µmol/L", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Table_HasNoColoursAndIsNeverCut()
    {
        var wide = new string('w', 300);

        var text = Written(OutputFormat.Table, [Rows[1], new Row(wide, 1, [], null)]);

        Assert.Contains("source result id", text, StringComparison.Ordinal);
        Assert.Contains("[c]", text, StringComparison.Ordinal);
        Assert.Contains(wide, text, StringComparison.Ordinal);
        Assert.DoesNotContain("received at", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.All(text, letter => Assert.True(char.IsAscii(letter), $"{letter} is not ASCII."));
    }

    [Theory]
    [InlineData("table", "none\n")]
    [InlineData("csv", "source_result_id,standard_value,hold_reasons,received_at,nested\n")]
    [InlineData("json", "[]\n")]
    public void Write_NoRows_SaysSo(string format, string expected) =>
        Assert.Equal(expected, Written(Enum.Parse<OutputFormat>(format, ignoreCase: true), []));

    private static string Written(OutputFormat format, IEnumerable<Row> rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, TextWriter.Null, TimeProvider.System);
        var writer = RowWriter<Row>.Create(format, Columns, terminal);
        foreach (var row in rows)
        {
            writer.Write(row);
        }

        writer.Complete();
        return output.ToString();
    }

    private sealed record Row(string Id, double? Value, IReadOnlyList<string> Reasons, DateTimeOffset? At);
}
