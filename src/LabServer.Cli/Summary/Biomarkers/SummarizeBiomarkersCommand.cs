using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary biomarkers</c>.</summary>
internal sealed class SummarizeBiomarkersCommand : TestTableCommand<SummarizeBiomarkersResponse, BiomarkerRow>
{
    private readonly Option<BiomarkerMeasure> _measure;
    private readonly Option<BoundHandling> _bound;
    private readonly Option<bool> _locf;
    private readonly Option<bool> _locfBaseline;

    public SummarizeBiomarkersCommand(Shell shell)
        : this(shell, Measure(), Bound(), Locf(), LocfBaseline())
    {
    }

    private SummarizeBiomarkersCommand(
        Shell shell, Option<BiomarkerMeasure> measure, Option<BoundHandling> bound, Option<bool> locf, Option<bool> locfBaseline)
        : base(shell, "biomarkers", "A numeric test by visit and arm: n, mean, median, quartiles; two arms compared.", measure, bound, locf, locfBaseline) =>
        (_measure, _bound, _locf, _locfBaseline) = (measure, bound, locf, locfBaseline);

    protected override IReadOnlyList<Column<BiomarkerRow>> Columns => BiomarkerRow.Columns;

    protected override async Task<SummarizeBiomarkersResponse> Ask(
        Connection server, ParseResult parsed, TestTableQuery query, CancellationToken cancellationToken) =>
        await server.Summaries.SummarizeBiomarkersAsync(
            new SummarizeBiomarkersRequest
            {
                StudyId = query.Study,
                Test = query.Test,
                Visit = query.Visit,
                Measure = parsed.GetValue(_measure),
                Arms = { query.Arms },
                SplitBy = query.SplitBy,
                Bounds = parsed.GetValue(_bound),
                CarryForward = parsed.GetValue(_locf) || parsed.GetValue(_locfBaseline),
                CarryBaseline = parsed.GetValue(_locfBaseline),
            },
            cancellationToken: cancellationToken);

    protected override JsonObject Json(SummarizeBiomarkersResponse summary) => BiomarkerJson.Of(summary);

    protected override IEnumerable<BiomarkerRow> Rows(SummarizeBiomarkersResponse summary) => BiomarkerRow.Of(summary);

    protected override string TitleOf(SummarizeBiomarkersResponse summary)
    {
        var unit = summary.Unit.Length > 0 ? $" ({summary.Unit})" : "";
        return $"{summary.TestName}{unit} of {summary.StudyId}: {BiomarkerJson.Measure(summary.Measure)}";
    }

    protected override IEnumerable<(string? Stratum, IEnumerable<BiomarkerRow> Rows)> Tables(SummarizeBiomarkersResponse summary) =>
    [
        (null, BiomarkerRow.Rows(summary, null, summary.Visits)),
        .. summary.Strata.Select(row => (row.Stratum, BiomarkerRow.Rows(summary, row.Stratum, row.Visits))),
    ];

    protected override IReadOnlyList<Column<BiomarkerRow>> TableColumns(SummarizeBiomarkersResponse summary) => BiomarkerRow.TableColumns;

    protected override Task Warn(Terminal terminal, SummarizeBiomarkersResponse summary) =>
        TestTableOptions.Warn(terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);

    private static Option<BiomarkerMeasure> Measure() => new("--measure")
    {
        Description = "What of each record: value (default), change or percent-change from baseline.",
        HelpName = "value|change|percent-change",
        DefaultValueFactory = _ => BiomarkerMeasure.Value,
        CustomParser = result => Choose(
            result, ("value", BiomarkerMeasure.Value), ("change", BiomarkerMeasure.Change), ("percent-change", BiomarkerMeasure.PercentChange)),
    };

    private static Option<BoundHandling> Bound() => new("--bound")
    {
        Description = "What <0.5 and >100 count as: the bound itself (limit, default), half of a lower one (half), or nothing (exclude).",
        HelpName = "limit|half|exclude",
        DefaultValueFactory = _ => BoundHandling.Limit,
        CustomParser = result => Choose(
            result, ("limit", BoundHandling.Limit), ("half", BoundHandling.Half), ("exclude", BoundHandling.Exclude)),
    };

    private static Option<bool> Locf() =>
        new("--locf") { Description = "Carries the last value after the first dose forward to planned visits without one." };

    private static Option<bool> LocfBaseline() =>
        new("--locf-baseline") { Description = "As --locf, and carries the baseline where there is no later value." };

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
