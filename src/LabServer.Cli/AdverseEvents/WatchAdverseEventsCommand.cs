using System.CommandLine;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events watch</c>.</summary>
internal sealed class WatchAdverseEventsCommand : Command
{
    public WatchAdverseEventsCommand(Shell shell)
        : base("watch", "Prints what happens to events as it happens, a line each, until Ctrl-C; reconnects by itself and misses nothing.")
    {
        var ruleSet = new Option<string?>("--rule-set") { Description = "Of graded events only those under this rule set. Default: all of the study." };
        var minimumGrade = new Option<int>("--minimum-grade") { Description = "Only events whose worst grade is, or was, at least this.", HelpName = "N" };
        var cursor = new Option<string?>("--cursor") { Description = "Only what came behind this cursor, as --format csv or json shows it." };
        var fromNow = new Option<bool>("--from-now") { Description = "Only what comes from now on. Default: from the beginning." };
        var cursorFile = new Option<string?>("--cursor-file")
        {
            Description = "Remembers in this file how far it has come, and goes on from there when it is started again.",
            HelpName = "FILE",
        };
        var limit = Limits.Option();
        Limits.Between(minimumGrade, 0, 5);
        Validators.Add(result =>
        {
            if (result.GetValue(cursor) is not null && (result.GetValue(fromNow) || result.GetValue(cursorFile) is not null))
            {
                result.AddError("--cursor goes neither with --from-now nor with --cursor-file.");
            }
        });
        Add(shell.Study);
        Add(ruleSet);
        Add(minimumGrade);
        Add(cursor);
        Add(fromNow);
        Add(cursorFile);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var memory = parsed.GetValue(cursorFile) is { } path ? new CursorFile(path) : null;
            var start = parsed.GetValue(cursor) ?? memory?.Read() ?? "";
            var request = new WatchAdverseEventsRequest
            {
                StudyId = parsed.GetRequiredValue(shell.Study),
                RuleSetId = parsed.GetValue(ruleSet) ?? "",
                MinimumGrade = parsed.GetValue(minimumGrade),
                Cursor = start,
                FromNow = start.Length == 0 && parsed.GetValue(fromNow),
            };
            using var server = shell.Connect(parsed);
            await Watch(shell, parsed, new EventWatcher(server.AdverseEvents), request, memory, parsed.GetValue(limit), cancellationToken);
            return ExitCode.Done;
        });
    }

    private static async Task Watch(
        Shell shell,
        ParseResult parsed,
        EventWatcher watcher,
        WatchAdverseEventsRequest request,
        CursorFile? memory,
        int? limit,
        CancellationToken cancellationToken)
    {
        var writer = new EventLineWriter(parsed.GetValue(shell.Format), shell.Terminal.Output);
        var left = limit ?? int.MaxValue;
        try
        {
            await foreach (var message in watcher.Watch(request, cancellationToken))
            {
                if (message.Change is not null)
                {
                    writer.Write(message);
                    left--;
                }

                // Behind the line: killed in between it is printed again, never left out.
                memory?.Write(message.Cursor);
                if (left == 0)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (cancellationToken.IsCancellationRequested && (end is OperationCanceledException or RpcException))
        {
            // Ctrl-C is how a watch ends.
        }
    }
}
