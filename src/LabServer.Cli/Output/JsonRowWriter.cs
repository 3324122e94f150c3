using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LabServer.Cli.Output;

/// <summary>Rows as one JSON array of objects.</summary>
internal sealed class JsonRowWriter<T>(IReadOnlyList<Column<T>> columns, TextWriter output) : RowWriter<T>
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _started;

    /// <inheritdoc/>
    public override void Write(T row)
    {
        output.Write(_started ? ",\n" : "[\n");
        _started = true;
        output.Write(Object(_buffer, columns, row));
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        output.Write(_started ? "\n]\n" : "[]\n");
        output.Flush();
    }

    /// <summary>One row as a JSON object.</summary>
    /// <param name="buffer">Scratch space, cleared here.</param>
    /// <param name="columns">Properties.</param>
    /// <param name="row">The row.</param>
    public static string Object(ArrayBufferWriter<byte> buffer, IReadOnlyList<Column<T>> columns, T row)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                column.WriteJson(json, row);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
