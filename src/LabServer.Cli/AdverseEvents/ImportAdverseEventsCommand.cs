using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events import FILE</c>.</summary>
internal sealed class ImportAdverseEventsCommand : Command
{
    private static readonly IReadOnlyList<Column<ReportImport>> Counts =
    [
        new("rows", import => import.Rows),
        new("created", import => import.Count(ReportDisposition.Created)),
        new("duplicate", import => import.Count(ReportDisposition.Duplicate)),
        new("amended", import => import.Count(ReportDisposition.Amended)),
        new("rejected", import => import.Count(ReportDisposition.Rejected)),
    ];

    // Faults are listed below the counts in a table; JSON has them in the same object, CSV has the counts alone.
    private static readonly Column<ReportImport> Faults = new(
        "faults",
        import => RowFaults.Json(import.Faults),
        InTable: false);

    public ImportAdverseEventsCommand(Shell shell)
        : base("import", "Reports clinical events from SDTM AE or from plain columns; .gz is read as it is.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "SDTM AE (USUBJID, AESEQ, AETERM, AEDECOD, AEBODSYS, AESTDTC, AEENDTC, AETOXGR, AESER, AEREL, AEOUT), or the columns "
                + "report_id,subject_id,reported_term,coded_term,system_organ_class,onset,end,grade,serious,relatedness,outcome,comment.",
        };
        var amend = new Option<bool>("--amend") { Description = "Reports on file that say something else are corrected. Default: they are rejected." };
        Add(path);
        Add(shell.Study);
        Add(amend);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            var reader = new ReportFileReader(file);
            using var server = shell.Connect(parsed);
            var import = new ReportImport(server, parsed.GetRequiredValue(shell.Study), parsed.GetValue(amend), reader.ColumnOf);
            await import.SendAll(shell.Terminal, "events", file, reader.Read(), cancellationToken);
            return Report(shell, parsed, file.Path, import);
        });
    }

    private static int Report(Shell shell, ParseResult parsed, string path, ReportImport import)
    {
        var json = parsed.GetValue(shell.Format) == OutputFormat.Json;
        shell.WriteRecord(parsed, json ? [.. Counts, Faults] : Counts, import);
        RowFaults.Write(shell.Terminal, path, import.Faults.OrderBy(fault => fault.Row));
        return import.ExitCode;
    }
}
