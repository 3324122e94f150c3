using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Reports;

/// <summary><c>labctl reports verify [ID|latest]</c>.</summary>
internal sealed class VerifyReportCommand : Command
{
    public VerifyReportCommand(Shell shell)
        : base("verify", "Lets the server make a report again from what was frozen for it, and compares it with what is on file.")
    {
        var id = ReportOptions.Id();
        var edition = ReportOptions.Edition();
        Add(id);
        Add(shell.Study);
        Add(edition);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var answer = await server.Reports.RemakeReportAsync(
                new RemakeReportRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    ReportId = ReportOptions.Read(parsed.GetRequiredValue(id)),
                    Edition = parsed.GetValue(edition),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, ReportColumns.Verified, answer);
            return answer.Same ? ExitCode.Done : ExitCode.Failed;
        });
    }
}
