using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary shift</c>.</summary>
internal sealed class SummarizeShiftsCommand : Command
{
    private readonly Option<string?> _ruleSet = new("--rule-set") { Description = "Rule set of the grades. Default: the study's first.", HelpName = "R" };
    private readonly Option<string?> _test = new("--test") { Description = "Only of this test, by key, code or alias. Default: all.", HelpName = "T" };
    private readonly Option<string?> _term = new("--term") { Description = "Only of this term of the rule set. Default: all.", HelpName = "TERM" };
    private readonly Option<string?> _visit = new("--visit") { Description = "Only of this visit. Default: the worst, and every visit.", HelpName = "V" };
    private readonly Option<bool> _worst = new("--worst") { Description = "Only from baseline to the worst from the first dose on." };

    private readonly Option<ShiftBy> _by = new("--by")
    {
        Description = "What is counted: grades, or range indicators.",
        HelpName = "grade|indicator",
        DefaultValueFactory = _ => ShiftBy.Grade,
        CustomParser = ReadBy,
    };

    private readonly PopulationOptions _population = new();

    public SummarizeShiftsCommand(Shell shell)
        : base("shift", "Shift tables: subjects by grade or range indicator at baseline, and at worst or at each visit.")
    {
        Add(shell.Study);
        Add(_ruleSet);
        Add(_test);
        Add(_term);
        Add(_visit);
        Add(_worst);
        Add(_by);
        _population.AddTo(this);
        Add(shell.Format);
        SetAction((parsed, cancellationToken) => Run(shell, parsed, cancellationToken));
    }

    private async Task<int> Run(Shell shell, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var server = shell.Connect(parsed);
        var study = parsed.GetRequiredValue(shell.Study);
        var by = parsed.GetValue(_by);
        using var call = server.Summaries.SummarizeShifts(
            new SummarizeShiftsRequest
            {
                StudyId = study,
                RuleSetId = by == ShiftBy.Indicator ? ""
                    : parsed.GetValue(_ruleSet) ?? await PopulationOptions.FirstRuleSet(server, study, cancellationToken),
                By = by,
                Test = parsed.GetValue(_test) ?? "",
                Term = parsed.GetValue(_term) ?? "",
                Visit = parsed.GetValue(_visit) ?? "",
                WorstOnly = parsed.GetValue(_worst),
                SplitBy = _population.SplitBy(parsed),
                Arms = { _population.Arms(parsed) },
            },
            cancellationToken: cancellationToken);
        var writer = ShiftWriter.Create(shell.Terminal, parsed.GetValue(shell.Format), study);
        var pending = 0L;
        await foreach (var table in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            pending += table.Pending;
            writer.Write(table);
        }

        writer.Complete();
        await PendingNote.Write(shell.Terminal, pending);
        return ExitCode.Done;
    }

    private static ShiftBy ReadBy(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value.ToLowerInvariant())
        {
            case "grade": return ShiftBy.Grade;
            case "indicator": return ShiftBy.Indicator;
            default:
                result.AddError($"--by: {result.Tokens[^1].Value} is neither grade nor indicator.");
                return default;
        }
    }
}
