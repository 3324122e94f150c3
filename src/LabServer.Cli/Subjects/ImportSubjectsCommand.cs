using System.CommandLine;
using System.Text.Json.Nodes;
using LabServer.Api.V1;
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

    // Faults are listed below the counts in a table; JSON has them in the same object, CSV has the counts alone.
    private static readonly Column<SubjectImport> Faults = new(
        "faults",
        import => new JsonArray([.. import.Faults.Select(fault => new JsonObject
        {
            ["row"] = fault.Row,
            ["column"] = fault.Column,
            ["code"] = fault.Code,
            ["message"] = fault.Message,
        })]),
        InTable: false);

    public ImportSubjectsCommand(Shell shell)
        : base("import", "Registers or updates subjects from SDTM DM (and EX), or from plain columns; .gz is read as it is.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "SDTM DM, or the columns subject_id,arm,sex,birth_date,first_dose_at (planned_arm, site_id, on_anticoagulation, hiv_infected, attribute:NAME).",
        };
        var exposure = new Option<string?>("--exposure") { Description = "SDTM EX: the first dose is the earliest EXSTDTC.", HelpName = "FILE" };
        Add(path);
        Add(shell.Study);
        Add(exposure);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            using var doses = parsed.GetValue(exposure) is { } name ? CsvFile.Open(name) : null;
            var reader = SubjectFileReader.Create(file, doses);
            using var server = shell.Connect(parsed);
            var import = new SubjectImport(server, parsed.GetRequiredValue(shell.Study), reader.ColumnOf);
            await shell.Terminal.WithProgress("subjects", async report =>
            {
                foreach (var batch in reader.Read().Chunk(SubjectImport.BatchSize))
                {
                    await import.Send(batch, cancellationToken);
                    report(file.ShareRead, $"{Cell.Text(import.Rows)} rows");
                }

                return import;
            });
            return Report(shell, parsed, file.Path, import);
        });
    }

    private static int Report(Shell shell, ParseResult parsed, string path, SubjectImport import)
    {
        var json = parsed.GetValue(shell.Format) == OutputFormat.Json;
        shell.WriteRecord(parsed, json ? [.. Counts, Faults] : Counts, import);
        foreach (var fault in import.Faults)
        {
            var place = fault.Column.Length > 0 ? $", column {fault.Column}" : "";
            shell.Terminal.Error.WriteLine($"{path}, row {Cell.Text(fault.Row)}{place}: {fault.Message} ({fault.Code})");
        }

        return import.Count(SubjectDisposition.Rejected) > 0 ? ExitCode.RowsRefused : ExitCode.Done;
    }
}
