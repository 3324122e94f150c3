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
        var fingerprint = EventOptions.Fingerprint();
        Add(name);
        Add(shell.Study);
        Add(comment);
        Add(fingerprint);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var (study, eventId) = (parsed.GetRequiredValue(shell.Study), parsed.GetRequiredValue(name));
            using var server = shell.Connect(parsed);
            var found = await server.AdverseEvents.GetAdverseEventAsync(
                new GetAdverseEventRequest { StudyId = study, EventId = eventId }, cancellationToken: cancellationToken);
            var withdrawn = await server.AdverseEvents.WithdrawReportedEventAsync(
                new WithdrawReportedEventRequest
                {
                    StudyId = study,
                    EventId = eventId,
                    Comment = parsed.GetValue(comment) ?? "",
                    ExpectedFingerprint = parsed.GetValue(fingerprint) ?? found.Event.Fingerprint,
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, AdverseEventColumns.Shown, withdrawn.Event);
            return ExitCode.Done;
        });
    }
}
