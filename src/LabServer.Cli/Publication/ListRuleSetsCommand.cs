using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Publication;

/// <summary><c>labctl rule-sets list</c>, and <c>labctl grading rule-sets</c> as it was called first.</summary>
internal sealed class ListRuleSetsCommand : Command
{
    public ListRuleSetsCommand(Shell shell, string name) : base(name, "Lists the rule sets that the server has.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var listed = await server.Grading.ListRuleSetsAsync(new ListRuleSetsRequest(), cancellationToken: cancellationToken);
            shell.Write(parsed, RuleSetColumns.Listed, listed.RuleSets);
            return ExitCode.Done;
        });
    }
}
