using System.CommandLine;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Cli.Publication;

/// <summary><c>labctl rule-sets validate FILE</c>: needs no server.</summary>
internal sealed class ValidateRuleSetCommand : Command
{
    public ValidateRuleSetCommand(Shell shell) : base("validate", "Lists every fault of a rule set, one a line, without a server.")
    {
        var path = new Argument<string>("FILE") { Description = "The rule set, JSON." };
        var bases = new Option<string[]>("--base")
        {
            Description = "File of a published set that this one may extend, beside those that come with LabServer; several may be given, each after those it extends.",
            HelpName = "FILE",
        };
        Add(path);
        Add(bases);
        SetAction(async (parsed, cancellationToken) =>
        {
            var known = RuleSets.All.ToDictionary(set => set.Id, StringComparer.Ordinal);
            var exitCode = ExitCode.Done;
            foreach (var name in parsed.GetValue(bases) ?? [])
            {
                exitCode = Math.Max(exitCode, await Validate(shell, name, known, cancellationToken));
            }

            return Math.Max(exitCode, await Validate(shell, parsed.GetRequiredValue(path), known, cancellationToken));
        });
    }

    private static async Task<int> Validate(Shell shell, string path, Dictionary<string, RuleSet> known, CancellationToken cancellationToken)
    {
        try
        {
            var content = await RuleSetFile.Read(path, cancellationToken);
            var ruleSet = RuleSetReader.Read(content, path, TestCatalogue.Default, known.GetValueOrDefault);
            var isThere = known.TryGetValue(ruleSet.Id, out var other) && other.Hash == ruleSet.Hash;
            if (!isThere && RuleSets.All.Any(set => set.Name == ruleSet.Name))
            {
                return RuleSetFile.Tell(shell, path, [$"id {ruleSet.Name} is that of a set that comes with LabServer"]);
            }

            if (!isThere && other is not null)
            {
                return RuleSetFile.Tell(shell, path, [$"{ruleSet.Id} is taken by another set; a change is published as the next version"]);
            }

            known[ruleSet.Id] = ruleSet;
            shell.Terminal.Output.WriteLine($"{path}: {ruleSet.Name} version {ruleSet.Version}, {ruleSet.Terms.Count} terms, sha256 {ruleSet.Hash}");
            return ExitCode.Done;
        }
        catch (RuleSetException exception)
        {
            return RuleSetFile.Tell(shell, path, exception.Faults);
        }
    }
}
