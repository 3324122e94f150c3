using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results list</c>.</summary>
internal sealed class ListResultsCommand : Command
{
    public ListResultsCommand(Shell shell) : base("list", "Lists the results on file in the order received, all versions.")
    {
        var subject = new Option<string?>("--subject") { Description = "Only this subject." };
        var test = new Option<string?>("--test") { Description = "Only this test, by the catalogue's code." };
        var sentOnly = new Option<bool>("--sent-only") { Description = "Without the results that the server derived from others." };
        var limit = Limits.Option();
        Add(shell.Study);
        Add(subject);
        Add(test);
        Add(sentOnly);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var results = Pages.Read(
                (size, token) => server.Ingestion.ListResultsAsync(
                    new ListResultsRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        SubjectId = parsed.GetValue(subject) ?? "",
                        TestCode = parsed.GetValue(test) ?? "",
                        ExcludeDerived = parsed.GetValue(sentOnly),
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Results, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, ResultColumns.Stored, results, cancellationToken);
            return ExitCode.Done;
        });
    }
}
