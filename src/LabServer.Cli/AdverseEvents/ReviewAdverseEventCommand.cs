using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events review EVENT</c>.</summary>
internal sealed class ReviewAdverseEventCommand : Command
{
    public ReviewAdverseEventCommand(Shell shell) : base("review", "Reviews an event as it is. A second review counts instead of the first.")
    {
        var name = EventOptions.Event();
        var relatedness = EventOptions.Relatedness();
        var serious = EventOptions.Serious();
        var outcome = EventOptions.Outcome();
        var comment = EventOptions.Comment();
        var fingerprint = EventOptions.Fingerprint();
        (relatedness.Required, outcome.Required) = (true, true);
        Add(name);
        Add(shell.Study);
        Add(relatedness);
        Add(serious);
        Add(outcome);
        Add(comment);
        Add(fingerprint);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var reviewed = await server.AdverseEvents.ReviewAdverseEventAsync(
                new ReviewAdverseEventRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    EventId = parsed.GetRequiredValue(name),
                    ExpectedFingerprint = parsed.GetValue(fingerprint) ?? "",
                    Relatedness = parsed.GetRequiredValue(relatedness),
                    Serious = parsed.GetValue(serious),
                    Outcome = parsed.GetRequiredValue(outcome),
                    Comment = parsed.GetValue(comment) ?? "",
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, AdverseEventColumns.Shown, reviewed.Event);
            return ExitCode.Done;
        });
    }
}
