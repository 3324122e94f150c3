using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Reports;

/// <summary><c>labctl reports get [ID|latest]</c>.</summary>
internal sealed class GetReportCommand : Command
{
    public GetReportCommand(Shell shell) : base("get", "Downloads a safety report: the page and its tables, or one file of it.")
    {
        var id = ReportOptions.Id();
        var edition = ReportOptions.Edition();
        var file = new Option<string?>("--file") { Description = "Only this file of the report, for instance events.csv.", HelpName = "NAME" };
        var path = new Option<string>("--out")
        {
            Description = "Folder for all files, made if need be; or a name that ends in .html for the page alone, or with --file the name of the file.",
            HelpName = "DIR_OR_FILE",
            Required = true,
        };
        Add(id);
        Add(shell.Study);
        Add(edition);
        Add(file);
        Add(path);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var found = await server.Reports.GetReportAsync(
                new GetReportRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    ReportId = ReportOptions.Read(parsed.GetRequiredValue(id)),
                    Edition = parsed.GetValue(edition),
                },
                cancellationToken: cancellationToken);
            var download = new ReportDownload(server, found, shell.ReasonOf(parsed));
            var places = Places(found, parsed.GetRequiredValue(path), parsed.GetValue(file));
            await shell.Terminal.WithProgress("report", report => download.Receive(places, report, cancellationToken));
            shell.Write(parsed, ReportColumns.Files, places.Select(place => place.File));
            await shell.Terminal.Error.WriteLineAsync(
                $"Report {found.Report.ReportId}, {Enums.Lower(found.Edition).Replace('_', '-')} edition, in {parsed.GetRequiredValue(path)}; every hash is right.");
            return ExitCode.Done;
        });
    }

    private static List<(ReportFile File, string Path)> Places(GetReportResponse found, string path, string? only)
    {
        var page = only is null && path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);
        if (only is not null || page)
        {
            var name = only ?? "report.html";
            var file = found.Files.FirstOrDefault(file => file.Name == name) ?? throw new UsageException(
                $"--file: the report has no {name}; it has {string.Join(", ", found.Files.Select(file => file.Name))}.");
            return [(file, Directory.Exists(path) ? Path.Combine(path, file.Name) : path)];
        }

        // A name from the server is a name and no way out of the folder.
        if (found.Files.FirstOrDefault(file => Path.GetFileName(file.Name) != file.Name || file.Name is "" or "." or "..") is { } odd)
        {
            throw new CommandFailure($"The server names a file '{odd.Name}', which is no plain name; nothing was written.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException fault)
        {
            throw new UsageException($"{path} is no folder and cannot be made one: {fault.Message}");
        }

        return [.. found.Files.Select(file => (file, Path.Combine(path, file.Name)))];
    }
}
