using System.CommandLine;
using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary outcomes</c>.</summary>
internal sealed class SummarizeOutcomesCommand(Shell shell) : TestTableCommand<SummarizeOutcomesResponse, OutcomeRow>(
    shell, "outcomes", "A yes/no outcome by visit and arm: n/N (%); two arms compared by their odds.")
{
    protected override IReadOnlyList<Column<OutcomeRow>> Columns => OutcomeRow.Columns;

    protected override async Task<SummarizeOutcomesResponse> Ask(
        Connection server, ParseResult parsed, TestTableQuery query, CancellationToken cancellationToken) =>
        await server.Summaries.SummarizeOutcomesAsync(
            new SummarizeOutcomesRequest
            {
                StudyId = query.Study,
                Test = query.Test,
                Visit = query.Visit,
                Arms = { query.Arms },
                SplitBy = query.SplitBy,
            },
            cancellationToken: cancellationToken);

    protected override JsonObject Json(SummarizeOutcomesResponse summary) => OutcomeJson.Of(summary);

    protected override IEnumerable<OutcomeRow> Rows(SummarizeOutcomesResponse summary) => OutcomeRow.Of(summary);

    protected override string TitleOf(SummarizeOutcomesResponse summary) => $"{summary.TestName} of {summary.StudyId}: subjects with it, n/N (%)";

    protected override IEnumerable<(string? Stratum, IEnumerable<OutcomeRow> Rows)> Tables(SummarizeOutcomesResponse summary) =>
    [
        (null, OutcomeRow.Rows(summary, null, summary.Visits)),
        .. summary.Strata.Select(row => (row.Stratum, OutcomeRow.Rows(summary, row.Stratum, row.Visits))),
    ];

    protected override IReadOnlyList<Column<OutcomeRow>> TableColumns(SummarizeOutcomesResponse summary) => OutcomeRow.TableColumns;

    protected override async Task Warn(Terminal terminal, SummarizeOutcomesResponse summary)
    {
        await TestTableOptions.WarnOfUndecided(terminal, summary.Test, summary.Undecided);
        await TestTableOptions.Warn(terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);
    }
}
