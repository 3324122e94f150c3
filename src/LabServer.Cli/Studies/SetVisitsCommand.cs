using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies set-visits STUDY --windows FILE</c>.</summary>
internal sealed class SetVisitsCommand : Command
{
    private static readonly IReadOnlyList<Column<VisitWindow>> Columns =
    [
        new("visit", window => window.Visit),
        new("visit_number", window => window.VisitNumber),
        new("first_day", window => window.FirstDay),
        new("last_day", window => window.LastDay),
        new("target_day", window => window.HasTargetDay ? window.TargetDay : null),
    ];

    public SetVisitsCommand(Shell shell)
        : base("set-visits", "Sets the visit windows of a study in the place of those it had, for results that were sent without a visit.")
    {
        var study = StudyOptions.Study();
        var windows = new Option<string>("--windows")
        {
            Description = "CSV with the columns visit,first_day,last_day (visit_number, target_day), in study days: 1 is the day of the first dose, -1 the day before.",
            HelpName = "FILE",
            Required = true,
        };
        Add(study);
        Add(windows);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(windows));
            var request = new SetVisitWindowsRequest
            {
                StudyId = parsed.GetRequiredValue(study),
                Windows = { VisitWindowReader.Read(file) },
                Reason = shell.ReasonOf(parsed),
            };
            using var server = shell.Connect(parsed);
            var set = await server.Studies.SetVisitWindowsAsync(request, cancellationToken: cancellationToken);
            shell.Write(parsed, Columns, set.Windows);
            return ExitCode.Done;
        });
    }
}
