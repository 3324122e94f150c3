using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Ranges;

/// <summary><c>labctl ranges versions</c>.</summary>
internal sealed class ListRangeVersionsCommand : Command
{
    public ListRangeVersionsCommand(Shell shell)
        : base("versions", "Lists the versions of ranges, and when each was put in force, by whom and why.")
    {
        var laboratory = RangeOptions.AnyLaboratory();
        Add(shell.Study);
        Add(laboratory);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var versions = Pages.Read(
                (size, token) => server.Ranges.ListReferenceRangeVersionsAsync(
                    new ListReferenceRangeVersionsRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        Laboratory = parsed.GetValue(laboratory) ?? "",
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Versions, page => page.NextPageToken, null, cancellationToken);
            await shell.Write(parsed, RangeColumns.Versions, versions, cancellationToken);
            return ExitCode.Done;
        });
    }
}
