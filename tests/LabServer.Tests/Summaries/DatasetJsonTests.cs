using System.Text;
using System.Text.Json;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>
/// Dataset-JSON against the rules of its version 1.1 (https://www.cdisc.org/standards/data-exchange/dataset-json), as they
/// are written down here, and against the CSV of the same data.
/// </summary>
public sealed class DatasetJsonTests(ExportedTrial trial) : IClassFixture<ExportedTrial>
{
    private static readonly string[] Attributes =
    [
        "datasetJSONCreationDateTime", "datasetJSONVersion", "fileOID", "dbLastModifiedDateTime", "originator", "sourceSystem", "studyOID",
        "metaDataVersionOID", "metaDataRef", "itemGroupOID", "records", "name", "label", "columns", "rows",
    ];

    private static readonly string[] Required =
        ["datasetJSONCreationDateTime", "datasetJSONVersion", "itemGroupOID", "records", "name", "label", "columns"];

    private static readonly string[] ColumnAttributes =
        ["itemOID", "name", "label", "dataType", "targetDataType", "length", "displayFormat", "keySequence"];

    private static readonly string[] DataTypes =
        ["string", "integer", "decimal", "float", "double", "boolean", "datetime", "date", "time", "URI"];

    public static TheoryData<Dataset> Datasets => [Dataset.Lb, Dataset.Ae, Dataset.Adlb, Dataset.Adae];

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task DatasetJson_OfAStudy_KeepsTheRulesOfTheStandard(Dataset dataset)
    {
        using var json = JsonDocument.Parse(await trial.Bytes(dataset, DatasetFormat.DatasetJson));

        CheckMetadata(json.RootElement, dataset);
        var columns = json.RootElement.GetProperty("columns").EnumerateArray().ToList();
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(json.RootElement.GetProperty("records").GetInt64(), rows.Count);
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(columns.Count, row.GetArrayLength()));
        Assert.All(rows.SelectMany(row => columns.Zip(row.EnumerateArray())), cell => CheckCell(cell.First, cell.Second));
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task DatasetNdjson_OfAStudy_HasTheSameMetadataAndRowsLineByLine(Dataset dataset)
    {
        using var whole = JsonDocument.Parse(await trial.Bytes(dataset, DatasetFormat.DatasetJson));
        var text = Encoding.UTF8.GetString(await trial.Bytes(dataset, DatasetFormat.DatasetNdjson));

        Assert.EndsWith("]\n", text, StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        using var head = JsonDocument.Parse(lines[0]);
        CheckMetadata(head.RootElement, dataset);
        Assert.False(head.RootElement.TryGetProperty("rows", out _));
        Assert.All(head.RootElement.EnumerateObject(), property => Assert.Equal(whole.RootElement.GetProperty(property.Name).GetRawText(), property.Value.GetRawText()));
        Assert.Equal(whole.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText()), lines.Skip(1));
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task DatasetJson_BesideTheCsv_HasTheSameCells(Dataset dataset)
    {
        using var json = JsonDocument.Parse(await trial.Bytes(dataset, DatasetFormat.DatasetJson));
        using var reader = new StreamReader(new MemoryStream(await trial.Bytes(dataset)));
        var csv = CsvText.Rows(reader).ToList();

        var names = json.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToList();
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(csv.Count, rows.Count);
        Assert.All(csv.Zip(rows), pair =>
        {
            Assert.Equal(names, pair.First.Keys);
            Assert.All(names.Zip(pair.Second.EnumerateArray()), cell => Assert.Equal((cell.First, Text(cell.Second)), (cell.First, Undone(pair.First[cell.First]))));
        });

        // What the CSV has before a text that a spreadsheet would run.
        static string Undone(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;
    }

    [Theory]
    [InlineData(Dataset.Lb, "2021-03-07T00:00:00Z")]
    [InlineData(Dataset.Adlb, "2021-03-07T00:00:00Z")]
    [InlineData(Dataset.Ae, "2021-03-07T00:00:00Z")]
    [InlineData(Dataset.Adae, "2021-03-07T00:00:00Z")]
    public async Task DatasetJson_CreationTime_IsTheNewestMomentOfTheData(Dataset dataset, string expected)
    {
        using var json = JsonDocument.Parse(await trial.Bytes(dataset, DatasetFormat.DatasetJson));

        Assert.Equal(expected, json.RootElement.GetProperty("datasetJSONCreationDateTime").GetString());
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task DatasetJson_EmptyStudy_HasNoRowsAndIsSound(Dataset dataset)
    {
        var empty = await Trial.Create(trial.Server);

        using var json = JsonDocument.Parse(await trial.Bytes(dataset, DatasetFormat.DatasetJson, study: empty.StudyId));
        var lines = Encoding.UTF8.GetString(await trial.Bytes(dataset, DatasetFormat.DatasetNdjson, study: empty.StudyId));

        CheckMetadata(json.RootElement, dataset);
        Assert.Equal((0, 0), (json.RootElement.GetProperty("records").GetInt32(), json.RootElement.GetProperty("rows").GetArrayLength()));
        Assert.Equal("1970-01-01T00:00:00Z", json.RootElement.GetProperty("datasetJSONCreationDateTime").GetString());
        Assert.Single(lines.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task DatasetJson_TextsThatASpreadsheetWouldRun_AreAsTheyWereSent()
    {
        using var json = JsonDocument.Parse(await trial.Bytes(Dataset.Ae, DatasetFormat.DatasetJson));
        var terms = json.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).ToList().IndexOf("AETERM");

        Assert.Contains("=HYPERLINK(\"x\")", json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row[terms].GetString()));
    }

    private static void CheckMetadata(JsonElement root, Dataset dataset)
    {
        var names = root.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Empty(names.Except(Attributes));
        Assert.Empty(Required.Except(names));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", root.GetProperty("datasetJSONCreationDateTime").GetString());
        Assert.Equal("1.1.0", root.GetProperty("datasetJSONVersion").GetString());
        Assert.Equal(["name", "version"], root.GetProperty("sourceSystem").EnumerateObject().Where(property => property.Value.GetString()!.Length > 0).Select(property => property.Name));
        var name = dataset.ToString().ToUpperInvariant();
        Assert.Equal((name, $"IG.{name}"), (root.GetProperty("name").GetString(), root.GetProperty("itemGroupOID").GetString()));
        Assert.All(["fileOID", "originator", "studyOID", "metaDataVersionOID", "label"], attribute => Assert.NotEmpty(root.GetProperty(attribute).GetString()!));
        var columns = root.GetProperty("columns").EnumerateArray().ToList();
        Assert.All(columns, column =>
        {
            Assert.Empty(column.EnumerateObject().Select(property => property.Name).Except(ColumnAttributes));
            Assert.Equal($"IT.{name}.{column.GetProperty("name").GetString()}", column.GetProperty("itemOID").GetString());
            Assert.Contains(column.GetProperty("dataType").GetString(), DataTypes);
            Assert.NotEmpty(column.GetProperty("label").GetString()!);
            Assert.True(!column.TryGetProperty("length", out var length) || length.GetInt32() > 0);
        });
        var keys = columns.Where(column => column.TryGetProperty("keySequence", out _)).Select(column => column.GetProperty("keySequence").GetInt32()).Order();
        Assert.Equal(Enumerable.Range(1, keys.Count()), keys);
        Assert.NotEmpty(keys);
    }

    private static void CheckCell(JsonElement column, JsonElement cell)
    {
        var what = $"{column.GetProperty("name").GetString()}: {cell.GetRawText()}";
        switch (column.GetProperty("dataType").GetString())
        {
            case "integer":
                Assert.True(cell.ValueKind == JsonValueKind.Null || cell.TryGetInt64(out _), what);
                break;
            case "double":
                Assert.True(cell.ValueKind == JsonValueKind.Null || cell.TryGetDouble(out _), what);
                break;
            default:
                Assert.True(cell.ValueKind == JsonValueKind.String, what);
                Assert.True(!column.TryGetProperty("length", out var length) || cell.GetString()!.Length <= length.GetInt32(), what);
                break;
        }
    }

    private static string Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Number => cell.GetRawText(),
        _ => cell.GetString()!,
    };
}
