using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events report</c>.</summary>
internal sealed class ReportAdverseEventCommand : Command
{
    private static readonly IReadOnlyList<Column<ReportAdverseEventResponse>> Columns =
    [
        new("event_id", answer => answer.EventIds[0]),
        new("disposition", answer => Enums.Lower(answer.Dispositions[0])),
    ];

    public ReportAdverseEventCommand(Shell shell) : base("report", "Reports a clinical event that no laboratory value shows.")
    {
        var options = new ReportOptions();
        var id = new Option<string?>("--report-id")
        {
            Description = "Your own id of the report: sent again it is the same one. Default: the server makes one.",
            HelpName = "ID",
        };
        Add(shell.Study);
        options.AddTo(this, required: true);
        Add(id);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var report = new EventReport { ReportId = parsed.GetValue(id) ?? "" };
            options.Fill(parsed, report);
            using var server = shell.Connect(parsed);
            var answer = await server.AdverseEvents.ReportAdverseEventAsync(
                new ReportAdverseEventRequest { StudyId = parsed.GetRequiredValue(shell.Study), Reports = { report } },
                cancellationToken: cancellationToken);
            if (answer.Faults.Count > 0)
            {
                var faults = answer.Faults[0].Faults.Select(fault => $"{fault.Field}: {fault.Message} ({fault.Code})");
                throw new CommandFailure($"The report was rejected. {string.Join(" ", faults)}");
            }

            shell.WriteRecord(parsed, Columns, answer);
            return ExitCode.Done;
        });
    }
}
