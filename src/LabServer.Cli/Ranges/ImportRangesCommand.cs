using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Ranges;

/// <summary><c>labctl ranges import FILE</c>.</summary>
internal sealed class ImportRangesCommand : Command
{
    public ImportRangesCommand(Shell shell)
        : base("import", "Stores the ranges of a laboratory as its next version. When one row is faulty, nothing is stored.")
    {
        var path = new Argument<string>("FILE")
        {
            Description = "The columns test_code,sex,age_from,age_from_unit,age_to,age_to_unit,method,effective_from,effective_to,low,low_inclusive,high,high_inclusive,unit.",
        };
        var laboratory = RangeOptions.Laboratory();
        var add = new Option<bool>("--add") { Description = "Adds the rows to the newest version. Default: they replace it as a whole." };
        var apply = new Option<bool>("--apply") { Description = "Puts the version in force at once." };
        var reason = new Option<string?>("--reason") { Description = "Why.", HelpName = "TEXT" };
        Add(path);
        Add(shell.Study);
        Add(laboratory);
        Add(add);
        Add(apply);
        Add(reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var file = CsvFile.Open(parsed.GetRequiredValue(path));
            var rows = new RangeFileReader(file).Read().ToList();
            using var server = shell.Connect(parsed);
            var request = new ImportReferenceRangesRequest
            {
                StudyId = parsed.GetRequiredValue(shell.Study),
                Laboratory = parsed.GetRequiredValue(laboratory),
                Add = parsed.GetValue(add),
                Apply = parsed.GetValue(apply),
                Reason = parsed.GetValue(reason) ?? "",
            };
            var (answer, faults) = await RangeImport.Send(server, request, rows, cancellationToken);
            return Report(shell, parsed, file.Path, request.Laboratory, answer, faults);
        });
    }

    private static int Report(
        Shell shell, ParseResult parsed, string path, string laboratory, ImportReferenceRangesResponse answer, IReadOnlyList<RowFault> faults)
    {
        var json = parsed.GetValue(shell.Format) == OutputFormat.Json;
        var columns = RangeColumns.Imported(laboratory);
        if (faults.Count == 0)
        {
            shell.WriteRecord(parsed, columns, answer);
            return ExitCode.Done;
        }

        if (json)
        {
            shell.WriteRecord(parsed, [.. columns, new("faults", _ => RowFaults.Json(faults))], answer);
        }

        RowFaults.Write(shell.Terminal, path, faults);
        shell.Terminal.Error.WriteLine($"labctl: Nothing was imported: {path} has {Cell.Text(faults.Count)} faults.");
        return ExitCode.Failed;
    }
}
