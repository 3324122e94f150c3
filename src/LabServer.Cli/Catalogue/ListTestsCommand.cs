using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Catalogue;

/// <summary><c>labctl catalogue list</c>.</summary>
internal sealed class ListTestsCommand : Command
{
    public ListTestsCommand(Shell shell) : base("list", "Lists the tests with their codes and units.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var tests = Pages.Read(
                (size, token) => server.Catalogue.ListTestsAsync(
                    new ListTestsRequest { PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
                page => page.Tests, page => page.NextPageToken, null, cancellationToken);
            await shell.Write(parsed, TestColumns.Listed, tests, cancellationToken);
            return ExitCode.Done;
        });
    }
}
