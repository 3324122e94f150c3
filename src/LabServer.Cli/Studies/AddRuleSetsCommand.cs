using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies add-rule-sets STUDY</c>.</summary>
internal sealed class AddRuleSetsCommand : Command
{
    public AddRuleSetsCommand(Shell shell)
        : base("add-rule-sets", "Adds rule sets to a study; the next grading run grades what is stored under them too.")
    {
        var study = StudyOptions.Study();
        var ruleSets = StudyOptions.RuleSets(required: true);
        Add(study);
        Add(ruleSets);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var changed = await server.Studies.AddRuleSetsAsync(
                new AddRuleSetsRequest
                {
                    StudyId = parsed.GetRequiredValue(study),
                    RuleSets = { StudyOptions.Parts(parsed.GetRequiredValue(ruleSets)) },
                    Reason = shell.ReasonOf(parsed),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, StudyColumns.Listed, changed.Study);
            return ExitCode.Done;
        });
    }
}
