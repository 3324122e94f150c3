using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Grading;

/// <summary><c>labctl grading rule-sets</c>.</summary>
internal sealed class ListRuleSetsCommand : Command
{
    private static readonly IReadOnlyList<Column<RuleSet>> Columns =
    [
        new("rule_set", set => set.RuleSetId),
        new("title", set => set.Title),
        new("terms", set => set.Terms),
        new("sha256", set => set.Sha256),
        new("version", set => set.Version),
    ];

    public ListRuleSetsCommand(Shell shell) : base("rule-sets", "Lists the rule sets that the server has.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var listed = await server.Grading.ListRuleSetsAsync(new ListRuleSetsRequest(), cancellationToken: cancellationToken);
            shell.Write(parsed, Columns, listed.RuleSets);
            return ExitCode.Done;
        });
    }
}
