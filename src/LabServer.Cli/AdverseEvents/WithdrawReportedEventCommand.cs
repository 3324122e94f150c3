using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events withdraw EVENT</c>.</summary>
internal sealed class WithdrawReportedEventCommand : Command
{
    public WithdrawReportedEventCommand(Shell shell)
        : base("withdraw", "Withdraws a reported event: it is not counted any more and stays readable.")
    {
        var name = EventOptions.Event();
        var comment = EventOptions.Comment();
        Add(name);
        Add(shell.Study);
        Add(comment);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var withdrawn = await server.AdverseEvents.WithdrawReportedEventAsync(
                new WithdrawReportedEventRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    EventId = parsed.GetRequiredValue(name),
                    Comment = parsed.GetValue(comment) ?? "",
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, AdverseEventColumns.Shown, withdrawn.Event);
            return ExitCode.Done;
        });
    }
}
