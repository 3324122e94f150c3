using System.CommandLine;
using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary categories</c>.</summary>
internal sealed class SummarizeCategoriesCommand(Shell shell) : TestTableCommand<SummarizeCategoriesResponse, CategoryRow>(
    shell, "categories", "An ordered outcome by visit and arm: n/N (%) by category; two arms compared by the proportional-odds model.")
{
    protected override IReadOnlyList<Column<CategoryRow>> Columns => CategoryRow.Columns;

    protected override async Task<SummarizeCategoriesResponse> Ask(
        Connection server, ParseResult parsed, TestTableQuery query, CancellationToken cancellationToken) =>
        await server.Summaries.SummarizeCategoriesAsync(
            new SummarizeCategoriesRequest
            {
                StudyId = query.Study,
                Test = query.Test,
                Visit = query.Visit,
                Arms = { query.Arms },
                SplitBy = query.SplitBy,
            },
            cancellationToken: cancellationToken);

    protected override JsonObject Json(SummarizeCategoriesResponse summary) => CategoryJson.Of(summary);

    protected override IEnumerable<CategoryRow> Rows(SummarizeCategoriesResponse summary) => CategoryRow.Of(summary);

    protected override string TitleOf(SummarizeCategoriesResponse summary) => $"{summary.TestName} of {summary.StudyId}: subjects by category, n/N (%)";

    protected override IEnumerable<(string? Stratum, IEnumerable<CategoryRow> Rows)> Tables(SummarizeCategoriesResponse summary) =>
    [
        (null, CategoryRow.Arms(summary, null, summary.Visits)),
        .. summary.Strata.Select(row => (row.Stratum, CategoryRow.Arms(summary, row.Stratum, row.Visits))),
    ];

    protected override IReadOnlyList<Column<CategoryRow>> TableColumns(SummarizeCategoriesResponse summary) => CategoryRow.TableColumns(summary);

    protected override async Task Warn(Terminal terminal, SummarizeCategoriesResponse summary)
    {
        await TestTableOptions.WarnOfUndecided(terminal, summary.Test, summary.Undecided);
        await TestTableOptions.Warn(terminal, summary.Test, summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending);
    }
}
