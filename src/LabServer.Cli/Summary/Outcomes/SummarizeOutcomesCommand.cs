using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary outcomes</c>.</summary>
internal sealed class SummarizeOutcomesCommand : Command
{
    public SummarizeOutcomesCommand(Shell shell)
        : base("outcomes", "A yes/no outcome by visit and arm: n/N (%); two arms compared by their odds.")
    {
        var options = new TestTableOptions();
        Add(shell.Study);
        options.AddTo(this);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var summaries = new List<SummarizeOutcomesResponse>();
            foreach (var test in options.Tests(parsed))
            {
                summaries.Add(await server.Summaries.SummarizeOutcomesAsync(
                    new SummarizeOutcomesRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        Test = test,
                        Visit = options.Visit(parsed),
                        Arms = { options.Arms(parsed) },
                        SplitBy = options.SplitBy(parsed),
                    },
                    cancellationToken: cancellationToken));
            }

            TestTables.Write(
                shell.Terminal, parsed.GetValue(shell.Format), summaries, OutcomeJson.Of, OutcomeRow.Columns, OutcomeRow.Of, Tables,
                _ => OutcomeRow.TableColumns);
            foreach (var summary in summaries)
            {
                await WarnOfUndecided(shell.Terminal, summary.Test, summary.Undecided);
                await TestTableOptions.Warn(
                    shell.Terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);
            }

            return ExitCode.Done;
        });
    }

    /// <summary>Says which values were counted as neither.</summary>
    public static async Task WarnOfUndecided(Terminal terminal, string test, IEnumerable<UndecidedText> undecided)
    {
        foreach (var row in undecided)
        {
            await terminal.Error.WriteLineAsync($"labctl: {test}: '{row.Text}' says nothing of it, and is counted as undecided: {Cell.Text(row.Records)} records.");
        }
    }

    private static IEnumerable<(string Title, IEnumerable<OutcomeRow> Rows)> Tables(SummarizeOutcomesResponse summary)
    {
        var title = $"{summary.TestName} of {summary.StudyId}: subjects with it, n/N (%)";
        yield return (title, OutcomeRow.Rows(summary, null, summary.Visits));
        foreach (var stratum in summary.Strata)
        {
            yield return (
                $"{title}; stratum {SummarizeBiomarkersCommand.StratumName(stratum.Stratum)}", OutcomeRow.Rows(summary, stratum.Stratum, stratum.Visits));
        }
    }
}
