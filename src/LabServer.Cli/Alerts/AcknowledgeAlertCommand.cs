using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Alerts;

/// <summary><c>labctl alerts acknowledge ALERT</c>.</summary>
internal sealed class AcknowledgeAlertCommand : Command
{
    public AcknowledgeAlertCommand(Shell shell) : base("acknowledge", "Notes that you have looked at an alert. The first acknowledgement stands.")
    {
        var name = new Argument<string>("ALERT") { Description = "Alert id, as alerts list shows it." };
        var comment = new Option<string?>("--comment") { Description = "In your words.", HelpName = "TEXT" };
        var changedAt = ChangeTimes.Option();
        Add(name);
        Add(shell.Study);
        Add(comment);
        Add(changedAt);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var acknowledged = await server.Alerts.AcknowledgeAlertAsync(
                new AcknowledgeAlertRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    AlertId = parsed.GetRequiredValue(name),
                    Comment = parsed.GetValue(comment) ?? "",
                    ExpectedChangedAt = parsed.GetValue(changedAt),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, AlertColumns.All, acknowledged.Alert);
            return ExitCode.Done;
        });
    }
}
