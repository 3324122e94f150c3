using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Doses;

/// <summary><c>labctl doses import FILE</c>.</summary>
internal sealed class ImportDosesCommand : Command
{
    private static readonly IReadOnlyList<Column<DoseImport>> Counts =
    [
        new("rows", import => import.Rows),
        new("created", import => import.Count(DoseDisposition.Created)),
        new("updated", import => import.Count(DoseDisposition.Updated)),
        new("unchanged", import => import.Count(DoseDisposition.Unchanged)),
        new("rejected", import => import.Count(DoseDisposition.Rejected)),
    ];

    public ImportDosesCommand(Shell shell)
        : base("import", "Stores dose records of registered subjects; .gz is read as it is. First doses of subjects stay as they are.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "SDTM EX, or the columns subject_id,dose_id,treatment,start_at (amount, unit, end_at, visit, visit_number, not_given).",
        };
        Add(path);
        Add(shell.Study);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            var reader = new DoseFileReader(file);
            using var server = shell.Connect(parsed);
            var import = new DoseImport(server, parsed.GetRequiredValue(shell.Study), shell.ReasonOf(parsed), reader);
            await import.SendAll(shell.Terminal, "doses", file, reader.Read(), cancellationToken);
            shell.WriteRecord(parsed, Counts, import);
            RowFaults.Write(shell.Terminal, file.Path, import.Faults);
            return import.ExitCode;
        });
    }
}
