using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events amend EVENT</c>.</summary>
internal sealed class AmendReportedEventCommand : Command
{
    public AmendReportedEventCommand(Shell shell)
        : base("amend", "Corrects a reported event: what is not named stays. A withdrawn one is reported again by it.")
    {
        var name = EventOptions.Event();
        var options = new ReportOptions();
        var fingerprint = EventOptions.Fingerprint();
        Add(name);
        Add(shell.Study);
        options.AddTo(this, required: false);
        Add(fingerprint);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var (study, eventId) = (parsed.GetRequiredValue(shell.Study), parsed.GetRequiredValue(name));
            using var server = shell.Connect(parsed);
            var found = await server.AdverseEvents.GetAdverseEventAsync(
                new GetAdverseEventRequest { StudyId = study, EventId = eventId }, cancellationToken: cancellationToken);
            var report = found.Event.Report?.Clone() ?? throw new CommandFailure($"The event {eventId} was graded, not reported: amend its results.");
            options.Fill(parsed, report);

            // What is not named stays as it was read: a change in between would be lost.
            var amended = await server.AdverseEvents.AmendReportedEventAsync(
                new AmendReportedEventRequest
                {
                    StudyId = study,
                    EventId = eventId,
                    Report = report,
                    ExpectedFingerprint = parsed.GetValue(fingerprint) ?? found.Event.Fingerprint,
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, AdverseEventColumns.Shown, amended.Event);
            return ExitCode.Done;
        });
    }
}
