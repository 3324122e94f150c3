using System.Text.Encodings.Web;
using System.Text.Json;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>
/// A dataset as CDISC Dataset-JSON 1.1: metadata, then the rows as arrays, one a line; as one object, or as a line each.
/// Texts are as they are, a missing one empty; a missing number is null.
/// </summary>
internal sealed class DatasetJsonWriter(Stream stream, bool lines) : DatasetWriter
{
    private readonly Utf8JsonWriter _json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private IReadOnlyList<DatasetColumn> _columns = [];
    private bool _any;

    public override void Begin(OpenDataset dataset)
    {
        _columns = dataset.Columns;
        DatasetJsonHead.Write(_json, dataset);
        _json.Flush();
        if (lines)
        {
            stream.WriteByte((byte)'\n');
        }
        else
        {
            // The rows are written one by one, so the object that the head is stays open: its last byte is the brace.
            stream.SetLength(stream.Length - 1);
            stream.Write(",\"rows\":["u8);
        }
    }

    public override void Write(IReadOnlyList<string> cells)
    {
        if (!lines)
        {
            stream.Write(_any ? ",\n"u8 : "\n"u8);
        }

        _any = true;
        _json.Reset();
        _json.WriteStartArray();
        for (var i = 0; i < cells.Count; i++)
        {
            if (_columns[i].Type == DatasetColumnType.Text)
            {
                _json.WriteStringValue(cells[i]);
            }
            else if (cells[i].Length == 0)
            {
                _json.WriteNullValue();
            }
            else
            {
                // The digits that CSV has too: read as a double they are the same number.
                _json.WriteRawValue(cells[i]);
            }
        }

        _json.WriteEndArray();
        _json.Flush();
        if (lines)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    public override void End()
    {
        if (!lines)
        {
            stream.Write(_any ? "\n]}\n"u8 : "]}\n"u8);
        }
    }

    public override ValueTask DisposeAsync() => _json.DisposeAsync();
}
