using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Publication;

/// <summary><c>labctl rule-sets show REF</c>.</summary>
internal sealed class ShowRuleSetCommand : Command
{
    public ShowRuleSetCommand(Shell shell) : base("show", "Shows one rule set: hash, who published it and when; with --out its file.")
    {
        var reference = new Argument<string>("RULE-SET") { Description = "For instance ctcae-5.0, its newest version, or ctcae-5.0@1." };
        var target = new Option<string?>("--out") { Description = "File to write the rule set to, byte for byte as published.", HelpName = "FILE" };
        Add(reference);
        Add(target);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var found = await server.Grading.GetRuleSetAsync(
                new GetRuleSetRequest { RuleSetId = parsed.GetRequiredValue(reference) }, cancellationToken: cancellationToken);
            if (parsed.GetValue(target) is { } name)
            {
                using var file = NewFile.Beside(name);
                found.Content.WriteTo(file.Stream);
                file.Keep();
            }

            shell.WriteRecord(parsed, RuleSetColumns.Shown, found.RuleSet);
            return ExitCode.Done;
        });
    }
}
