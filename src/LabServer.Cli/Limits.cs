using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LabServer.Cli;

/// <summary>The option --limit of the longer listings.</summary>
internal static class Limits
{
    /// <summary>--limit N, at least 1.</summary>
    public static Option<int?> Option()
    {
        var limit = new Option<int?>("--limit") { Description = "At most this many rows. Default: all.", HelpName = "N" };
        AtLeast(limit, 1);
        return limit;
    }

    /// <summary>Lets the option take no number under <paramref name="least"/>.</summary>
    public static void AtLeast(Option<int?> option, int least) => option.Validators.Add(result =>
    {
        if (Number(result) < least)
        {
            result.AddError($"{option.Name} must be at least {least}.");
        }
    });

    /// <summary>Lets the option take no number outside <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static void Between(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (Number(result) is { } number && (number < least || number > most))
        {
            result.AddError($"{option.Name} must be from {least} to {most}.");
        }
    });

    // What is no number is told by the option itself; asked for its value here, it would throw.
    private static int? Number(OptionResult result) =>
        result.Tokens.Count > 0 && int.TryParse(result.Tokens[^1].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
