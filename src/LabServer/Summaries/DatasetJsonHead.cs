using System.Globalization;
using System.Text.Json;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>
/// The metadata of a Dataset-JSON file. Its creation time is the newest moment in the data and not that of writing, so that
/// the same data gives the same bytes.
/// </summary>
internal static class DatasetJsonHead
{
    private const string Product = "LabServer";

    private static readonly string Version = typeof(DatasetJsonHead).Assembly.GetName().Version!.ToString(3);

    public static void Write(Utf8JsonWriter json, OpenDataset dataset)
    {
        var name = dataset.Definition.Name;
        json.WriteStartObject();
        json.WriteString("datasetJSONCreationDateTime", Time(dataset.NewestUs));
        json.WriteString("datasetJSONVersion", "1.1.0");
        json.WriteString("fileOID", string.Join('.', new[] { Product, dataset.StudyId, name, dataset.RuleSetId }.Where(part => part.Length > 0)));
        json.WriteString("originator", Product);
        json.WriteStartObject("sourceSystem");
        json.WriteString("name", Product);
        json.WriteString("version", Version);
        json.WriteEndObject();
        json.WriteString("studyOID", dataset.StudyId);
        json.WriteString("metaDataVersionOID", $"MDV.{Product}.{Version}");
        json.WriteString("itemGroupOID", $"IG.{name}");
        json.WriteNumber("records", dataset.TotalRows);
        json.WriteString("name", name);
        json.WriteString("label", dataset.Definition.Label);
        json.WriteStartArray("columns");
        foreach (var column in dataset.Columns)
        {
            Write(json, dataset.Definition, column);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DatasetDefinition definition, DatasetColumn column)
    {
        json.WriteStartObject();
        json.WriteString("itemOID", $"IT.{definition.Name}.{column.Name}");
        json.WriteString("name", column.Name);
        json.WriteString("label", column.Label);
        json.WriteString("dataType", column.Type switch
        {
            DatasetColumnType.Whole => "integer",
            DatasetColumnType.Number => "double",
            _ => "string",
        });
        if (column.Length is { } length)
        {
            json.WriteNumber("length", length);
        }

        for (var i = 0; i < definition.Keys.Count; i++)
        {
            if (definition.Keys[i] == column.Name)
            {
                json.WriteNumber("keySequence", i + 1);
            }
        }

        json.WriteEndObject();
    }

    private static string Time(long us) =>
        DateTime.UnixEpoch.AddMicroseconds(us).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
