using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using LabServer.Cli.Summary;

namespace LabServer.Cli.SampleTrial;

/// <summary><c>labctl sample-trial compare --study S</c>: what the server counts beside what the trial published.</summary>
internal sealed class CompareSampleTrialCommand : Command
{
    private static readonly Column<ComparedEvent>[] Columns =
    [
        new("published_term", row => row.Published.Term),
        new("rule_set", row => row.Published.RuleSet),
        new("our_term", row => row.Published.IsAny ? null : row.Published.Name),
        new("msc_published", row => Counts(row.Published.Published.MscGrade12, row.Published.Published.MscGrade34)),
        new("msc_ours", row => Counts(row.Ours.MscGrade12, row.Ours.MscGrade34)),
        new("placebo_published", row => Counts(row.Published.Published.PlaceboGrade12, row.Published.Published.PlaceboGrade34)),
        new("placebo_ours", row => Counts(row.Ours.PlaceboGrade12, row.Ours.PlaceboGrade34)),
        new("match", row => row.Matches ? "yes" : "no"),
    ];

    public CompareSampleTrialCommand(Shell shell)
        : base("compare", "Shows the adverse events of a study beside those NCT04288102 published. Exit code 1 when a row differs.")
    {
        Add(shell.Study);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var summary = await server.Summaries.SummarizeAdverseEventsAsync(
                new SummarizeAdverseEventsRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    RuleSetIds = { PublishedComparison.RuleSets },
                    ExcludeTerms = { PublishedComparison.LeftOut },
                },
                cancellationToken: cancellationToken);
            await PendingNote.Write(shell.Terminal, summary.Pending);
            var comparison = PublishedComparison.Of(
                PublishedEventReader.Read(), Counts(summary.Any), summary.Terms.ToDictionary(term => term.Term, term => Counts(term.Arms)));
            shell.Write(parsed, Columns, comparison.Rows);
            Explain(shell.Terminal.Error, comparison, Counts(summary.Excluded.Single().Arms));
            return comparison.Rows.All(row => row.Matches) ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static EventCounts Counts(IReadOnlyCollection<GradeCounts> arms)
    {
        // The arms of a subject file are free text: an arm that is neither of the two has no place in this table.
        var msc = arms.FirstOrDefault(arm => arm.Arm == "MSC") ?? new GradeCounts();
        var placebo = arms.FirstOrDefault(arm => arm.Arm == "Placebo") ?? new GradeCounts();
        return new EventCounts(
            msc.Grade1 + msc.Grade2, msc.Grade3 + msc.Grade4, placebo.Grade1 + placebo.Grade2, placebo.Grade3 + placebo.Grade4);
    }

    private static string Counts(EventCounts counts) =>
        $"MSC {Counts(counts.MscGrade12, counts.MscGrade34)}, placebo {Counts(counts.PlaceboGrade12, counts.PlaceboGrade34)}";

    private static string Counts(int grade12, int grade34) => FormattableString.Invariant($"{grade12} | {grade34}");

    private static void Explain(TextWriter text, PublishedComparison comparison, EventCounts leftOut)
    {
        text.WriteLine("Counts are subjects with grade 1-2 | grade 3-4, of 65 under MSC and 35 under placebo.");
        text.WriteLine(
            $"Counted under {string.Join(" and ", PublishedComparison.RuleSets)} together, with what was reported by hand (rows without a rule set).");
        text.WriteLine($"{comparison.Rows.Count(row => row.Matches)} of {comparison.Rows.Count} published rows match.");
        foreach (var (term, ours) in comparison.Further)
        {
            text.WriteLine($"Not a published row: {term}, {Counts(ours)}.");
        }

        text.WriteLine(
            $"Left out: {PublishedComparison.LeftOut}, {Counts(leftOut)}. By the letter of CTCAE 5.0 every urate over the upper limit is"
            + " grade 3 at least when physiologic consequences are assumed; the trial counted it as grade 1-2, as its own term does.");
    }
}
