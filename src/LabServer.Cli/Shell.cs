using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Cli.Output;

namespace LabServer.Cli;

/// <summary>What every command works with: the terminal, the options that all share, and a connection when it needs one.</summary>
internal sealed class Shell(Terminal terminal, Func<string, string?> environment)
{
    /// <summary>Where to write.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>Options of every command.</summary>
    public GlobalOptions Global { get; } = new(environment);

    /// <summary>--format of the commands that list.</summary>
    public Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How to write it: table, csv or json.",
        HelpName = "table|csv|json",
        DefaultValueFactory = _ => OutputFormat.Table,
        CustomParser = ReadFormat,
    };

    /// <summary>--study of the commands that need one.</summary>
    public Option<string> Study { get; } = new("--study") { Description = "Study (STUDYID).", HelpName = "STUDY", Required = true };

    /// <summary>--reason of the commands that change or take something.</summary>
    public Option<string?> Reason { get; } = new("--reason") { Description = "Why, for the audit trail.", HelpName = "TEXT" };

    /// <summary>What --reason says; empty for nothing.</summary>
    public string ReasonOf(ParseResult parsed) => parsed.GetValue(Reason) ?? "";

    /// <summary>Connects to the server named on the command line.</summary>
    /// <exception cref="UsageException">Address, key file or a file for TLS cannot be used.</exception>
    public Connection Connect(ParseResult parsed) => new(Global.ServerOf(parsed), Global.ApiKeyOf(parsed), Global.TlsOf(parsed));

    /// <summary>Writes rows as asked for by --format, while they come.</summary>
    public async Task Write<T>(
        ParseResult parsed, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var writer = RowWriter<T>.Create(parsed.GetValue(Format), columns, Terminal);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            writer.Write(row);
        }

        writer.Complete();
    }

    /// <summary>Writes rows as asked for by --format.</summary>
    public void Write<T>(ParseResult parsed, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        var writer = RowWriter<T>.Create(parsed.GetValue(Format), columns, Terminal);
        foreach (var row in rows)
        {
            writer.Write(row);
        }

        writer.Complete();
    }

    /// <summary>Writes one row by itself as asked for by --format.</summary>
    public void WriteRecord<T>(ParseResult parsed, IReadOnlyList<Column<T>> columns, T row) =>
        RecordText.Write(Terminal, parsed.GetValue(Format), columns, row);

    private static OutputFormat ReadFormat(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value.ToLowerInvariant())
        {
            case "table": return OutputFormat.Table;
            case "csv": return OutputFormat.Csv;
            case "json": return OutputFormat.Json;
            default:
                result.AddError($"--format: {result.Tokens[^1].Value} is none of table, csv and json.");
                return default;
        }
    }
}
