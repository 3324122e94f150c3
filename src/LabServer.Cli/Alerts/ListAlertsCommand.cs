using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Alerts;

/// <summary><c>labctl alerts list</c>.</summary>
internal sealed class ListAlertsCommand : Command
{
    public ListAlertsCommand(Shell shell) : base("list", "Lists events of grade 3 or more and critical values, oldest first.")
    {
        var state = new Option<AlertState>("--state")
        {
            Description = "Only alerts in this state: open, acknowledged or withdrawn. Default: all.",
            HelpName = "STATE",
            CustomParser = result =>
            {
                switch (result.Tokens[^1].Value.ToUpperInvariant())
                {
                    case "OPEN": return AlertState.Open;
                    case "ACKNOWLEDGED": return AlertState.Acknowledged;
                    case "WITHDRAWN": return AlertState.Withdrawn;
                    default:
                        result.AddError($"--state: {result.Tokens[^1].Value} is none of open, acknowledged and withdrawn.");
                        return default;
                }
            },
        };
        var limit = Limits.Option();
        Add(shell.Study);
        Add(state);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var alerts = Pages.Read(
                (size, token) => server.Alerts.ListAlertsAsync(
                    new ListAlertsRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        State = parsed.GetValue(state),
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Alerts, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, AlertColumns.All, alerts, cancellationToken);
            return ExitCode.Done;
        });
    }
}
