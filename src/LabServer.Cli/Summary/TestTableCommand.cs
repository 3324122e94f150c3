using System.CommandLine;
using System.Text.Json.Nodes;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>A summary of one test, or of several one after the other, by visit and arm.</summary>
/// <typeparam name="TSummary">The answer of the server.</typeparam>
/// <typeparam name="TRow">A row of it.</typeparam>
internal abstract class TestTableCommand<TSummary, TRow> : Command
{
    private readonly Shell _shell;
    private readonly TestTableOptions _options = new();

    protected TestTableCommand(Shell shell, string name, string description, params ReadOnlySpan<Option> more) : base(name, description)
    {
        _shell = shell;
        Add(shell.Study);
        _options.AddTo(this);
        foreach (var option in more)
        {
            Add(option);
        }

        Add(shell.Format);
        SetAction(Run);
    }

    /// <summary>The columns of CSV.</summary>
    protected abstract IReadOnlyList<Column<TRow>> Columns { get; }

    /// <summary>Asks the server for the summary of a test.</summary>
    protected abstract Task<TSummary> Ask(Connection server, ParseResult parsed, TestTableQuery query, CancellationToken cancellationToken);

    /// <summary>The document of a summary.</summary>
    protected abstract JsonObject Json(TSummary summary);

    /// <summary>The rows of CSV.</summary>
    protected abstract IEnumerable<TRow> Rows(TSummary summary);

    /// <summary>What the tables for people are called.</summary>
    protected abstract string TitleOf(TSummary summary);

    /// <summary>The rows of the tables for people: of the whole population (no stratum), then of each stratum.</summary>
    protected abstract IEnumerable<(string? Stratum, IEnumerable<TRow> Rows)> Tables(TSummary summary);

    /// <summary>Their columns.</summary>
    protected abstract IReadOnlyList<Column<TRow>> TableColumns(TSummary summary);

    /// <summary>Says on standard error what the table leaves out.</summary>
    protected abstract Task Warn(Terminal terminal, TSummary summary);

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var server = _shell.Connect(parsed);
        var summaries = new List<TSummary>();
        foreach (var test in _options.Tests(parsed))
        {
            var query = new TestTableQuery(
                parsed.GetRequiredValue(_shell.Study), test, _options.Visit(parsed), _options.Arms(parsed), _options.SplitBy(parsed));
            summaries.Add(await Ask(server, parsed, query, cancellationToken));
        }

        TestTables.Write(
            _shell.Terminal, parsed.GetValue(_shell.Format), summaries, Json, Columns, Rows, summary => Tables(summary).Select(table => Titled(summary, table)),
            TableColumns);
        foreach (var summary in summaries)
        {
            await Warn(_shell.Terminal, summary);
        }

        return ExitCode.Done;
    }

    private (string Title, IEnumerable<TRow> Rows) Titled(TSummary summary, (string? Stratum, IEnumerable<TRow> Rows) table) => (
        table.Stratum is null ? TitleOf(summary) : $"{TitleOf(summary)}; stratum {(table.Stratum.Length == 0 ? "(no value)" : table.Stratum)}",
        table.Rows);
}
