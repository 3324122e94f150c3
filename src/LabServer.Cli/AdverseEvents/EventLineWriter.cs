using System.Buffers;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary>Writes changes of events as they come, each on a line of its own that is there at once.</summary>
internal sealed class EventLineWriter
{
    private static readonly IReadOnlyList<Column<WatchAdverseEventsResponse>> Columns =
    [
        new("at", message => message.Change.At?.ToDateTimeOffset()),
        new("kind", message => Enums.Text(message.Change.Kind)),
        new("subject_id", message => message.Change.Event.SubjectId),
        new("term", message => message.Change.Event.Term),
        new("worst_grade", message => message.Change.Event.WorstGrade),
        new("onset", message => message.Change.Event.Onset),
        new("end", message => message.Change.Event.End),
        new("rule_set", message => message.Change.Event.RuleSetId),
        new("event_id", message => message.Change.Event.EventId),
        new("cause", message => message.Change.Cause, InTable: false),
        new("made_by", message => message.Change.MadeBy, InTable: false),
        new("source", message => Enums.Lower(message.Change.Event.Source), InTable: false),
        new("review_state", message => Enums.Lower(message.Change.Event.ReviewState), InTable: false),
        new("fingerprint", message => message.Change.Event.Fingerprint, InTable: false),
        new("cursor", message => message.Cursor, InTable: false),
    ];

    private readonly OutputFormat _format;
    private readonly TextWriter _output;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public EventLineWriter(OutputFormat format, TextWriter output)
    {
        (_format, _output) = (format, output);
        if (format == OutputFormat.Csv)
        {
            CsvText.WriteLine(output, Columns.Select(column => column.Name));
            output.Flush();
        }
    }

    /// <summary>Writes one change.</summary>
    public void Write(WatchAdverseEventsResponse message)
    {
        switch (_format)
        {
            case OutputFormat.Csv:
                CsvText.WriteLine(_output, Columns.Select(column => Cell.Text(column.Value(message))));
                break;
            case OutputFormat.Json:
                _output.Write(JsonRowWriter<WatchAdverseEventsResponse>.Object(_buffer, Columns, message).ReplaceLineEndings("") + "\n");
                break;
            default:
                var cells = Columns.Where(column => column.InTable).Select(column => Cell.Text(column.Value(message)));
                _output.Write(string.Join("  ", cells.Select(cell => cell.Length > 0 ? cell : "-")) + "\n");
                break;
        }

        _output.Flush();
    }
}
