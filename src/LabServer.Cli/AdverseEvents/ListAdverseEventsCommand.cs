using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary><c>labctl adverse-events list</c>.</summary>
internal sealed class ListAdverseEventsCommand : Command
{
    public ListAdverseEventsCommand(Shell shell) : base("list", "Lists adverse events by subject, term and onset.")
    {
        var ruleSet = new Option<string?>("--rule-set") { Description = "Only under this rule set. Default: all of the study." };
        var subject = new Option<string?>("--subject") { Description = "Only this subject." };
        var minimumGrade = new Option<int>("--minimum-grade") { Description = "Only events whose worst grade is at least this.", HelpName = "N" };
        var state = new Option<ReviewState>("--review-state")
        {
            Description = "Only events in this state of review: not-reviewed, reviewed or reopened.",
            HelpName = "STATE",
            CustomParser = ReadState,
        };
        var includeRemoved = new Option<bool>("--include-removed") { Description = "Also events that are gone." };
        var limit = Limits.Option();
        Limits.Between(minimumGrade, 0, 5);
        Add(shell.Study);
        Add(ruleSet);
        Add(subject);
        Add(minimumGrade);
        Add(state);
        Add(includeRemoved);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var events = Pages.Read(
                (size, token) => server.AdverseEvents.ListAdverseEventsAsync(
                    new ListAdverseEventsRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        RuleSetId = parsed.GetValue(ruleSet) ?? "",
                        SubjectId = parsed.GetValue(subject) ?? "",
                        MinimumGrade = parsed.GetValue(minimumGrade),
                        ReviewState = parsed.GetValue(state),
                        IncludeRemoved = parsed.GetValue(includeRemoved),
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Events, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, AdverseEventColumns.Listed, events, cancellationToken);
            return ExitCode.Done;
        });
    }

    private static ReviewState ReadState(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value.ToUpperInvariant().Replace('_', '-'))
        {
            case "NOT-REVIEWED": return ReviewState.NotReviewed;
            case "REVIEWED": return ReviewState.Reviewed;
            case "REOPENED": return ReviewState.Reopened;
            default:
                result.AddError($"--review-state: {result.Tokens[^1].Value} is none of not-reviewed, reviewed and reopened.");
                return default;
        }
    }
}
