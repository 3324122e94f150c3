using System.CommandLine;
using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events show EVENT</c>.</summary>
internal sealed class ShowAdverseEventCommand : Command
{
    // Beside the event in JSON; a table has them as tables of their own, CSV has the event alone.
    private static readonly IReadOnlyList<Column<GetAdverseEventResponse>> Whole =
    [
        .. AdverseEventColumns.Shown.Select(column => new Column<GetAdverseEventResponse>(column.Name, found => column.Value(found.Event))),
        new("reviews", found => Array(EventHistoryColumns.Reviews, found.Reviews)),
        new("changes", found => Array(EventHistoryColumns.Changes, found.Changes)),
        new("reports", found => Array(EventHistoryColumns.Reports, found.Reports)),
    ];

    public ShowAdverseEventCommand(Shell shell) : base("show", "Shows an event with its reviews and all that happened to it, also when it is gone.")
    {
        var name = EventOptions.Event();
        Add(name);
        Add(shell.Study);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var found = await server.AdverseEvents.GetAdverseEventAsync(
                new GetAdverseEventRequest { StudyId = parsed.GetRequiredValue(shell.Study), EventId = parsed.GetRequiredValue(name) },
                cancellationToken: cancellationToken);
            switch (parsed.GetValue(shell.Format))
            {
                case OutputFormat.Json:
                    shell.WriteRecord(parsed, Whole, found);
                    break;
                case OutputFormat.Csv:
                    shell.WriteRecord(parsed, AdverseEventColumns.Shown, found.Event);
                    break;
                default:
                    WriteTables(shell, parsed, found);
                    break;
            }

            return ExitCode.Done;
        });
    }

    private static void WriteTables(Shell shell, ParseResult parsed, GetAdverseEventResponse found)
    {
        shell.WriteRecord(parsed, AdverseEventColumns.Shown, found.Event);
        Section(shell, parsed, "Reviews", EventHistoryColumns.Reviews, found.Reviews);
        if (found.Reports.Count > 0)
        {
            Section(shell, parsed, "Reports", EventHistoryColumns.Reports, found.Reports);
        }

        Section(shell, parsed, "What happened", EventHistoryColumns.Changes, found.Changes);
    }

    private static void Section<T>(Shell shell, ParseResult parsed, string title, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        shell.Terminal.Output.WriteLine($"{title}:");
        shell.Write(parsed, columns, rows);
    }

    private static JsonArray Array<T>(IReadOnlyList<Column<T>> columns, IEnumerable<T> rows) =>
        [.. rows.Select(row => JsonNode.Parse(JsonRowWriter<T>.Object(new System.Buffers.ArrayBufferWriter<byte>(), columns, row)))];
}
