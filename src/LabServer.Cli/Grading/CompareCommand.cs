using System.CommandLine;
using System.Runtime.CompilerServices;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using LabServer.Cli.Studies;

namespace LabServer.Cli.Grading;

/// <summary><c>labctl grading compare</c>.</summary>
internal sealed class CompareCommand : Command
{
    private static readonly IReadOnlyList<Column<RuleSetDifference>> Differences =
    [
        new("subject_id", row => row.SubjectId),
        new("test", row => row.TestKey),
        new("direction", row => Enums.Lower(row.Direction)),
        new("term_a", row => row.TermA),
        new("term_b", row => row.TermB),
        new("worst_grade_a", row => row.HasWorstGradeA ? row.WorstGradeA : null),
        new("worst_grade_b", row => row.HasWorstGradeB ? row.WorstGradeB : null),
        new("results", row => row.Results),
        new("results_different", row => row.ResultsDifferent),
    ];

    private static readonly IReadOnlyList<Column<RuleSetSummary>> Summaries =
    [
        new("test", row => row.TestKey),
        new("direction", row => Enums.Lower(row.Direction)),
        new("term_a", row => row.TermA),
        new("term_b", row => row.TermB),
        new("subjects", row => row.Subjects),
        new("subjects_different", row => row.SubjectsDifferent),
        new("worse_under_a", row => row.WorseUnderA),
        new("worse_under_b", row => row.WorseUnderB),
        new("results", row => row.Results),
        new("results_different", row => row.ResultsDifferent),
    ];

    public CompareCommand(Shell shell) : base("compare", "Shows where two rule sets of a study differ, by subject and term.")
    {
        var ruleSets = new Option<string>("--rule-sets") { Description = "Two rule sets of the study, A,B.", HelpName = "A,B", Required = true };
        var subject = new Option<string?>("--subject") { Description = "Only this subject." };
        var term = new Option<string?>("--term") { Description = "Only where a term of either set has this name." };
        var summary = new Option<bool>("--summary") { Description = "The sums by term instead of the differences." };
        Add(shell.Study);
        Add(ruleSets);
        Add(subject);
        Add(term);
        Add(summary);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var named = StudyOptions.Parts(parsed.GetRequiredValue(ruleSets)).ToList();
            if (named.Count != 2)
            {
                throw new UsageException("--rule-sets names two rule sets, A,B.");
            }

            using var server = shell.Connect(parsed);
            using var call = server.Grading.CompareRuleSets(
                new CompareRuleSetsRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    RuleSetA = named[0],
                    RuleSetB = named[1],
                    SubjectId = parsed.GetValue(subject) ?? "",
                    Term = parsed.GetValue(term) ?? "",
                },
                cancellationToken: cancellationToken);
            if (parsed.GetValue(summary))
            {
                await shell.Write(parsed, Summaries, Parts(call, part => part.Summary, cancellationToken), cancellationToken);
            }
            else
            {
                await shell.Write(parsed, Differences, Parts(call, part => part.Difference, cancellationToken), cancellationToken);
            }

            return ExitCode.Done;
        });
    }

    private static async IAsyncEnumerable<T> Parts<T>(
        AsyncServerStreamingCall<CompareRuleSetsResponse> call, Func<CompareRuleSetsResponse, T?> choose,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (choose(part) is { } chosen)
            {
                yield return chosen;
            }
        }
    }
}
