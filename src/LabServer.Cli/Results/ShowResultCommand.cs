using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results show ID</c>.</summary>
internal sealed class ShowResultCommand : Command
{
    public ShowResultCommand(Shell shell) : base("show", "Shows every version of one result, oldest first.")
    {
        var id = new Argument<string>("ID") { Description = "The sender's id of the result (source_result_id)." };
        var laboratory = new Option<string?>("--laboratory") { Description = "Laboratory. Default: whichever sent it.", HelpName = "L" };
        Add(id);
        Add(shell.Study);
        Add(laboratory);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var shown = await server.Ingestion.GetResultAsync(
                new GetResultRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    Laboratory = parsed.GetValue(laboratory) ?? "",
                    SourceResultId = parsed.GetRequiredValue(id),
                },
                cancellationToken: cancellationToken);
            shell.Write(parsed, ResultColumns.Stored, shown.Versions);
            return ExitCode.Done;
        });
    }
}
