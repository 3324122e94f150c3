using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results flagged</c>.</summary>
internal sealed class ListFlaggedResultsCommand : Command
{
    private static readonly QualityFlag[] Flags = [.. Enum.GetValues<QualityFlag>().Where(flag => flag != QualityFlag.Unspecified)];

    public ListFlaggedResultsCommand(Shell shell)
        : base("flagged", "Lists the results that are worth a second look, with why. They are graded like any other.")
    {
        var flag = new Option<QualityFlag>("--flag")
        {
            Description = $"Only results with this flag: {string.Join(", ", Flags.Select(Enums.Text))}.",
            HelpName = "FLAG",
            CustomParser = ReadFlag,
        };
        var subject = new Option<string?>("--subject") { Description = "Only this subject." };
        var test = new Option<string?>("--test") { Description = "Only this test, by the catalogue's code." };
        var limit = Limits.Option();
        Add(shell.Study);
        Add(flag);
        Add(subject);
        Add(test);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var flagged = Pages.Read(
                (size, token) => server.Ingestion.ListFlaggedResultsAsync(
                    new ListFlaggedResultsRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        Flag = parsed.GetValue(flag),
                        SubjectId = parsed.GetValue(subject) ?? "",
                        TestCode = parsed.GetValue(test) ?? "",
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Results, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, ResultColumns.Flagged, flagged, cancellationToken);
            return ExitCode.Done;
        });
    }

    private static QualityFlag ReadFlag(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value.Replace('-', '_');
        foreach (var flag in Flags)
        {
            if (string.Equals(Enums.Text(flag), text, StringComparison.OrdinalIgnoreCase))
            {
                return flag;
            }
        }

        result.AddError($"--flag: {result.Tokens[^1].Value} is none of {string.Join(", ", Flags.Select(Enums.Text))}.");
        return QualityFlag.Unspecified;
    }
}
