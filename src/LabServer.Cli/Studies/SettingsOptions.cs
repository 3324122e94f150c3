using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary>Options for what a study says about its results as a whole. What is not named is not set.</summary>
internal sealed class SettingsOptions
{
    private readonly Option<SpoiledSpecimens?> _spoiled = new("--spoiled-specimens")
    {
        Description = "What becomes of results whose specimen spoils their test: not-gradable (default) or graded-with-flag.",
        HelpName = "not-gradable|graded-with-flag",
        CustomParser = result => Choose<SpoiledSpecimens?>(
            result, ("not-gradable", SpoiledSpecimens.NotGradable), ("graded-with-flag", SpoiledSpecimens.GradedWithFlag)),
    };

    private readonly Option<YesNo?> _fasting = Fact("--fasting", "Whether subjects fast before a draw, for results that do not say.");
    private readonly Option<YesNo?> _anticoagulation = Fact("--anticoagulation", "Whether subjects take an anticoagulant, where nothing is said of the subject.");
    private readonly Option<YesNo?> _hiv = Fact("--hiv", "Whether subjects are infected with HIV, where nothing is said of the subject.");
    private readonly Option<double?> _cutoff = Number("--neutralisation-cutoff", "Inhibition rate in percent from which neutralisation is positive. Default: 20.");
    private readonly Option<double?> _tolerance = Number("--panel-tolerance", "Percentage points by which the subsets of a flow panel may miss the whole. Default: 2.");

    /// <summary>Lets a command take the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_spoiled);
        command.Add(_fasting);
        command.Add(_anticoagulation);
        command.Add(_hiv);
        command.Add(_cutoff);
        command.Add(_tolerance);
    }

    /// <summary>What the command line sets.</summary>
    public StudySettings Read(ParseResult parsed)
    {
        var settings = new StudySettings();
        if (parsed.GetValue(_spoiled) is { } spoiled)
        {
            settings.SpoiledSpecimens = spoiled;
        }

        if (parsed.GetValue(_fasting) is { } fasting)
        {
            settings.Fasting = fasting;
        }

        if (parsed.GetValue(_anticoagulation) is { } anticoagulation)
        {
            settings.OnAnticoagulation = anticoagulation;
        }

        if (parsed.GetValue(_hiv) is { } hiv)
        {
            settings.HivInfected = hiv;
        }

        if (parsed.GetValue(_cutoff) is { } cutoff)
        {
            settings.NeutralisationCutoff = cutoff;
        }

        if (parsed.GetValue(_tolerance) is { } tolerance)
        {
            settings.PanelTolerance = tolerance;
        }

        return settings;
    }

    private static Option<YesNo?> Fact(string name, string description) => new(name)
    {
        Description = description + " Default: unknown.",
        HelpName = "yes|no|unknown",
        CustomParser = result => Choose<YesNo?>(result, ("yes", YesNo.Yes), ("no", YesNo.No), ("unknown", YesNo.Unspecified)),
    };

    private static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[^1].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError($"{name}: {result.Tokens[^1].Value} is not a number.");
            return null;
        },
    };

    private static T? Choose<T>(ArgumentResult result, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var text = result.Tokens[^1].Value;
        foreach (var (word, value) in choices)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
        {
            words.Add(word);
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: {text} is none of {string.Join(", ", words)}.");
        return default;
    }
}
