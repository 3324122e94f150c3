using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Doses;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Subjects;

/// <summary><c>labctl subjects import FILE</c>.</summary>
internal sealed class ImportSubjectsCommand : Command
{
    private static readonly IReadOnlyList<Column<SubjectImport>> Counts =
    [
        new("rows", import => import.Rows),
        new("created", import => import.Count(SubjectDisposition.Created)),
        new("updated", import => import.Count(SubjectDisposition.Updated)),
        new("unchanged", import => import.Count(SubjectDisposition.Unchanged)),
        new("rejected", import => import.Count(SubjectDisposition.Rejected)),
        new("released_results", import => import.Released),
    ];

    // Of dose records, where a file of them is given.
    private static IReadOnlyList<Column<SubjectImport>> CountsOf(DoseImport doses) =>
    [
        new("doses", _ => doses.Rows),
        new("doses_created", _ => doses.Count(DoseDisposition.Created)),
        new("doses_updated", _ => doses.Count(DoseDisposition.Updated)),
        new("doses_unchanged", _ => doses.Count(DoseDisposition.Unchanged)),
        new("doses_rejected", _ => doses.Count(DoseDisposition.Rejected)),
    ];

    // Faults are listed below the counts in a table; JSON has them in the same object, CSV has the counts alone.
    private static readonly Column<SubjectImport> Faults = new(
        "faults",
        import => RowFaults.Json(import.Faults),
        InTable: false);

    public ImportSubjectsCommand(Shell shell)
        : base("import", "Registers or updates subjects from SDTM DM (and EX), or from plain columns; .gz is read as it is.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "SDTM DM, or the columns subject_id,arm,sex,birth_date,first_dose_at (planned_arm, site_id, on_anticoagulation, hiv_infected, attribute:NAME).",
        };
        var exposure = new Option<string?>("--exposure") { Description = "SDTM EX: the first dose is the earliest EXSTDTC, and every dose record is stored.", HelpName = "FILE" };
        Add(path);
        Add(shell.Study);
        Add(exposure);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            using var exposureFile = parsed.GetValue(exposure) is { } name ? CsvFile.Open(name) : null;
            var reader = SubjectFileReader.Create(file, exposureFile);
            using var server = shell.Connect(parsed);
            var import = new SubjectImport(server, parsed.GetRequiredValue(shell.Study), shell.ReasonOf(parsed), reader.ColumnOf);
            await import.SendAll(shell.Terminal, "subjects", file, reader.Read(), cancellationToken);
            var doses = await ImportDoses(shell, parsed, server, reader.Exposure, cancellationToken);
            return Report(shell, parsed, file.Path, import, exposureFile?.Path, doses);
        });
    }

    private static async Task<DoseImport?> ImportDoses(
        Shell shell, ParseResult parsed, Connection server, ExposureRecords? exposure, CancellationToken cancellationToken)
    {
        if (exposure is null)
        {
            return null;
        }

        if (!exposure.Reader.HasTreatment)
        {
            await shell.Terminal.Error.WriteLineAsync($"labctl: {exposure.Path} has no column EXTRT: no dose record was stored.");
            return null;
        }

        var import = new DoseImport(server, parsed.GetRequiredValue(shell.Study), shell.ReasonOf(parsed), exposure.Reader);
        await import.SendAll(
            shell.Terminal, "doses", () => (double)import.Rows / Math.Max(1, exposure.Rows.Count), exposure.Rows, cancellationToken);
        return import;
    }

    private static int Report(Shell shell, ParseResult parsed, string path, SubjectImport import, string? dosePath, DoseImport? doses)
    {
        var json = parsed.GetValue(shell.Format) == OutputFormat.Json;
        IReadOnlyList<Column<SubjectImport>> counts = doses is null ? Counts : [.. Counts, .. CountsOf(doses)];
        shell.WriteRecord(parsed, json ? [.. counts, Faults] : counts, import);
        RowFaults.Write(shell.Terminal, path, import.Faults);
        if (doses is not null)
        {
            RowFaults.Write(shell.Terminal, dosePath!, doses.Faults);
        }

        return Math.Max(import.ExitCode, doses?.ExitCode ?? ExitCode.Done);
    }
}
