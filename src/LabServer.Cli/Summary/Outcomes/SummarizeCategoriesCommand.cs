using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary categories</c>.</summary>
internal sealed class SummarizeCategoriesCommand : Command
{
    public SummarizeCategoriesCommand(Shell shell)
        : base("categories", "An ordered outcome by visit and arm: n/N (%) by category; two arms compared by the proportional-odds model.")
    {
        var options = new TestTableOptions();
        Add(shell.Study);
        options.AddTo(this);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var summaries = new List<SummarizeCategoriesResponse>();
            foreach (var test in options.Tests(parsed))
            {
                summaries.Add(await server.Summaries.SummarizeCategoriesAsync(
                    new SummarizeCategoriesRequest
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
                shell.Terminal, parsed.GetValue(shell.Format), summaries, CategoryJson.Of, CategoryRow.Columns, CategoryRow.Of, Tables,
                CategoryRow.TableColumns);
            foreach (var summary in summaries)
            {
                await SummarizeOutcomesCommand.WarnOfUndecided(shell.Terminal, summary.Test, summary.Undecided);
                await TestTableOptions.Warn(
                    shell.Terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);
            }

            return ExitCode.Done;
        });
    }

    private static IEnumerable<(string Title, IEnumerable<CategoryRow> Rows)> Tables(SummarizeCategoriesResponse summary)
    {
        var title = $"{summary.TestName} of {summary.StudyId}: subjects by category, n/N (%)";
        yield return (title, CategoryRow.Arms(summary, null, summary.Visits));
        foreach (var stratum in summary.Strata)
        {
            yield return (
                $"{title}; stratum {SummarizeBiomarkersCommand.StratumName(stratum.Stratum)}", CategoryRow.Arms(summary, stratum.Stratum, stratum.Visits));
        }
    }
}
