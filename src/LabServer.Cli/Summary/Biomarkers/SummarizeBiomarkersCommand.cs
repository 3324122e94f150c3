using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary biomarkers</c>.</summary>
internal sealed class SummarizeBiomarkersCommand : Command
{
    public SummarizeBiomarkersCommand(Shell shell)
        : base("biomarkers", "A numeric test by visit and arm: n, mean, median, quartiles; two arms compared.")
    {
        var options = new TestTableOptions();
        var measure = new Option<BiomarkerMeasure>("--measure")
        {
            Description = "What of each record: value (default), change or percent-change from baseline.",
            HelpName = "value|change|percent-change",
            DefaultValueFactory = _ => BiomarkerMeasure.Value,
            CustomParser = result => Choose(
                result, ("value", BiomarkerMeasure.Value), ("change", BiomarkerMeasure.Change), ("percent-change", BiomarkerMeasure.PercentChange)),
        };
        var bound = new Option<BoundHandling>("--bound")
        {
            Description = "What <0.5 and >100 count as: the bound itself (limit, default), half of a lower one (half), or nothing (exclude).",
            HelpName = "limit|half|exclude",
            DefaultValueFactory = _ => BoundHandling.Limit,
            CustomParser = result => Choose(
                result, ("limit", BoundHandling.Limit), ("half", BoundHandling.Half), ("exclude", BoundHandling.Exclude)),
        };
        var locf = new Option<bool>("--locf") { Description = "Carries the last value after the first dose forward to planned visits without one." };
        var locfBaseline = new Option<bool>("--locf-baseline") { Description = "As --locf, and carries the baseline where there is no later value." };
        Add(shell.Study);
        options.AddTo(this);
        Add(measure);
        Add(bound);
        Add(locf);
        Add(locfBaseline);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var summaries = new List<SummarizeBiomarkersResponse>();
            foreach (var test in options.Tests(parsed))
            {
                summaries.Add(await server.Summaries.SummarizeBiomarkersAsync(
                    new SummarizeBiomarkersRequest
                    {
                        StudyId = parsed.GetRequiredValue(shell.Study),
                        Test = test,
                        Visit = options.Visit(parsed),
                        Measure = parsed.GetValue(measure),
                        Arms = { options.Arms(parsed) },
                        SplitBy = options.SplitBy(parsed),
                        Bounds = parsed.GetValue(bound),
                        CarryForward = parsed.GetValue(locf) || parsed.GetValue(locfBaseline),
                        CarryBaseline = parsed.GetValue(locfBaseline),
                    },
                    cancellationToken: cancellationToken));
            }

            TestTables.Write(
                shell.Terminal, parsed.GetValue(shell.Format), summaries, BiomarkerJson.Of, BiomarkerRow.Columns, BiomarkerRow.Of, Tables,
                _ => BiomarkerRow.TableColumns);
            foreach (var summary in summaries)
            {
                await TestTableOptions.Warn(
                    shell.Terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);
            }

            return ExitCode.Done;
        });
    }

    private static IEnumerable<(string Title, IEnumerable<BiomarkerRow> Rows)> Tables(SummarizeBiomarkersResponse summary)
    {
        var unit = summary.Unit.Length > 0 ? $" ({summary.Unit})" : "";
        var title = $"{summary.TestName}{unit} of {summary.StudyId}: {BiomarkerJson.Measure(summary.Measure)}";
        yield return (title, BiomarkerRow.Rows(summary, null, summary.Visits));
        foreach (var stratum in summary.Strata)
        {
            yield return ($"{title}; stratum {StratumName(stratum.Stratum)}", BiomarkerRow.Rows(summary, stratum.Stratum, stratum.Visits));
        }
    }

    /// <summary>A stratum for people.</summary>
    public static string StratumName(string stratum) => stratum.Length == 0 ? "(no value)" : stratum;

    private static T Choose<T>(ArgumentResult result, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var given = result.Tokens[^1].Value;
        foreach (var (word, value) in choices)
        {
            if (string.Equals(given, word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: {given} is none of {string.Join(", ", words)}.");
        return default!;
    }
}
