using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Keys;

/// <summary><c>labctl keys list</c>.</summary>
internal sealed class ListKeysCommand : Command
{
    public ListKeysCommand(Shell shell) : base("list", "Lists every key by name, also expired and revoked ones.")
    {
        var limit = Limits.Option();
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var keys = Pages.Read(
                (size, token) => server.Access.ListKeysAsync(
                    new ListKeysRequest { PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
                page => page.Keys, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, KeyColumns.All, keys, cancellationToken);
            return ExitCode.Done;
        });
    }
}
