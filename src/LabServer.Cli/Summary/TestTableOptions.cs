using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Options of the tables of one test by visit and arm.</summary>
internal sealed class TestTableOptions
{
    private readonly Option<string> _test = new("--test")
    {
        Description = "Test by key, code or alias; several with commas between them.",
        HelpName = "T[,T…]",
        Required = true,
    };

    private readonly Option<string?> _visit = new("--visit") { Description = "The only visit to show.", HelpName = "V" };

    private readonly Option<string?> _arms = new("--arms")
    {
        Description = "Arms to show, with commas between them, in this order. Two are compared, the first with the second.",
        HelpName = "A,B",
    };

    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "Splits the table by sex, site or an attribute of the subject.",
        HelpName = "NAME",
    };

    /// <summary>Lets a command take the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_test);
        command.Add(_visit);
        command.Add(_arms);
        command.Add(_splitBy);
    }

    /// <summary>The tests named.</summary>
    public IReadOnlyList<string> Tests(ParseResult parsed) => Parts(parsed.GetRequiredValue(_test));

    /// <summary>The visit; empty: all.</summary>
    public string Visit(ParseResult parsed) => parsed.GetValue(_visit) ?? "";

    /// <summary>The arms; empty: all.</summary>
    public IReadOnlyList<string> Arms(ParseResult parsed) => Parts(parsed.GetValue(_arms) ?? "");

    /// <summary>What to split by; empty: nothing.</summary>
    public string SplitBy(ParseResult parsed) => parsed.GetValue(_splitBy) ?? "";

    /// <summary>Says on standard error which values were counted as neither.</summary>
    public static async Task WarnOfUndecided(Terminal terminal, string test, IEnumerable<UndecidedText> undecided)
    {
        foreach (var row in undecided)
        {
            await terminal.Error.WriteLineAsync($"labctl: {test}: '{row.Text}' says nothing of it, and is counted as undecided: {Cell.Text(row.Records)} records.");
        }
    }

    /// <summary>Says on standard error what a table leaves out, so that nobody takes it for all there is.</summary>
    public static async Task Warn(Terminal terminal, string test, long withoutVisit, int notDosed, long pending)
    {
        if (withoutVisit > 0)
        {
            await terminal.Error.WriteLineAsync($"labctl: {Cell.Text(withoutVisit)} results of {test} lie at no visit and are not in the table; see labctl studies set-visits.");
        }

        if (notDosed > 0)
        {
            await terminal.Error.WriteLineAsync($"labctl: {Cell.Text(notDosed)} subjects with results of {test} have no first dose and are not in the table.");
        }

        await PendingNote.Write(terminal, pending);
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
