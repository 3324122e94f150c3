using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Api.V1;
using LabServer.Cli.AdverseEvents;
using LabServer.Cli.Studies;

namespace LabServer.Cli.Summary;

/// <summary>What <c>labctl summary adverse-events</c> can be asked for.</summary>
internal sealed class IncidenceOptions
{
    private static readonly Relatedness[] Related = [Relatedness.Possible, Relatedness.Probable, Relatedness.Definite];

    private readonly Option<string?> _ruleSets = new("--rule-set")
    {
        Description = "Rule set of the study, or several whose events are counted together. Default: its first.",
        HelpName = "R[,…]",
    };

    private readonly Option<bool> _laboratoryOnly = new("--laboratory-only") { Description = "Leaves out the events that people reported." };

    private readonly Option<string?> _arms = new("--arms") { Description = "Only these arms, in this order.", HelpName = "A,B" };

    private readonly Option<bool> _statistics = new("--statistics")
    {
        Description = "Compares the two arms of --arms: risk difference, odds ratio, chi-square or Fisher's exact test.",
    };

    private readonly Option<string?> _splitBy = new("--split-by")
    {
        Description = "The table also for each value of sex, site or an attribute of the subjects.",
        HelpName = "NAME",
    };

    private readonly Option<int?> _fromDay = new("--from-day")
    {
        Description = "Only events that began on this study day or later; day 1 is that of the first dose.",
        HelpName = "N",
    };

    private readonly Option<int?> _toDay = new("--to-day") { Description = "Only events that began on this study day or earlier.", HelpName = "N" };

    private readonly Option<YesNo> _serious = EventOptions.Serious();

    private readonly Option<Relatedness[]> _relatedness = new("--relatedness")
    {
        Description = $"Only events of these: {EventWords.RelatednessWords}; RELATED stands for the last three.",
        HelpName = "WORD[,…]",
        CustomParser = ReadRelatedness,
    };

    private readonly Option<string[]> _withoutTerms = new("--without-term")
    {
        Description = "Leaves a term out of everything; may be given again. What it would have counted is told below.",
        HelpName = "TERM",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<IncidenceOrder> _order = new("--order")
    {
        Description = "Order of the rows: by frequency, or by system organ class with a row for each class.",
        HelpName = "frequency|soc",
        DefaultValueFactory = _ => IncidenceOrder.Frequency,
        CustomParser = ReadOrder,
    };

    private readonly Option<bool> _singleGrades = new("--single-grades") { Description = "Each grade by itself in the table for people; csv and json always have both." };

    public IncidenceOptions() => _serious.Description = "Only serious events (yes), or only those that are not (no).";

    /// <summary>The options, for the command.</summary>
    public IEnumerable<Option> All =>
        [_ruleSets, _laboratoryOnly, _arms, _statistics, _splitBy, _fromDay, _toDay, _serious, _relatedness, _withoutTerms, _order, _singleGrades];

    /// <summary>Whether each grade is shown by itself.</summary>
    public bool SingleGrades(ParseResult parsed) => parsed.GetValue(_singleGrades);

    /// <summary>The request; without a rule set where none was named.</summary>
    public SummarizeAdverseEventsRequest Request(ParseResult parsed, string study)
    {
        var request = new SummarizeAdverseEventsRequest
        {
            StudyId = study,
            RuleSetIds = { StudyOptions.Parts(parsed.GetValue(_ruleSets)) },
            ExcludeReported = parsed.GetValue(_laboratoryOnly),
            Arms = { StudyOptions.Parts(parsed.GetValue(_arms)) },
            CompareArms = parsed.GetValue(_statistics),
            SplitBy = parsed.GetValue(_splitBy) ?? "",
            Serious = parsed.GetValue(_serious),
            Relatedness = { parsed.GetValue(_relatedness) ?? [] },
            ExcludeTerms = { parsed.GetRequiredValue(_withoutTerms) },
            Order = parsed.GetValue(_order),
        };
        if (parsed.GetValue(_fromDay) is { } from)
        {
            request.FromDay = from;
        }

        if (parsed.GetValue(_toDay) is { } to)
        {
            request.ToDay = to;
        }

        return request;
    }

    private static Relatedness[] ReadRelatedness(ArgumentResult result)
    {
        List<Relatedness> read = [];
        foreach (var word in StudyOptions.Parts(result.Tokens[^1].Value))
        {
            if (word.Equals("RELATED", StringComparison.OrdinalIgnoreCase))
            {
                read.AddRange(Related);
            }
            else if (EventWords.ReadRelatedness(word) is { } step and not Relatedness.Unspecified)
            {
                read.Add(step);
            }
            else
            {
                result.AddError($"--relatedness: {word} is none of {EventWords.RelatednessWords}, nor RELATED.");
            }
        }

        return [.. read.Distinct()];
    }

    private static IncidenceOrder ReadOrder(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value.ToLowerInvariant())
        {
            case "frequency": return IncidenceOrder.Frequency;
            case "soc": return IncidenceOrder.SystemOrganClass;
            default:
                result.AddError($"--order: {result.Tokens[^1].Value} is neither frequency nor soc.");
                return default;
        }
    }
}
