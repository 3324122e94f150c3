using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Ranges;

/// <summary><c>labctl ranges list</c>.</summary>
internal sealed class ListRangesCommand : Command
{
    public ListRangesCommand(Shell shell) : base("list", "Lists ranges: those in force, or those of a version.")
    {
        var laboratory = RangeOptions.AnyLaboratory();
        var version = RangeOptions.Version("Of this version. Default: of the one in force.", required: false);
        var test = new Option<string?>("--test") { Description = "Of this test only. Default: of all.", HelpName = "T" };
        Add(shell.Study);
        Add(laboratory);
        Add(version);
        Add(test);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var ranges = Pages.Read(
                (size, token) =>
                {
                    var request = new ListReferenceRangesRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        Laboratory = parsed.GetValue(laboratory) ?? "",
                        TestCode = parsed.GetValue(test) ?? "",
                        PageSize = size,
                        PageToken = token,
                    };
                    if (parsed.GetValue(version) is { } number)
                    {
                        request.Version = number;
                    }

                    return server.Ranges.ListReferenceRangesAsync(request, cancellationToken: cancellationToken);
                },
                page => page.Ranges, page => page.NextPageToken, null, cancellationToken);
            await shell.Write(parsed, RangeColumns.Registered, ranges, cancellationToken);
            return ExitCode.Done;
        });
    }
}
