using System.CommandLine;
using Google.Protobuf;
using LabServer.Api.V1;

namespace LabServer.Cli.Publication;

/// <summary><c>labctl rule-sets publish FILE</c>.</summary>
internal sealed class PublishRuleSetCommand : Command
{
    public PublishRuleSetCommand(Shell shell)
        : base("publish", "Publishes a rule set for ever, so that studies can be graded under it. A change is published as the next version.")
    {
        var path = new Argument<string>("FILE") { Description = "The rule set, JSON." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the record.", HelpName = "TEXT" };
        Add(path);
        Add(reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(path);
            var content = ByteString.CopyFrom(await RuleSetFile.Read(name, cancellationToken));
            using var server = shell.Connect(parsed);

            // Asked first, because an error has no room for the faults of a long file.
            var checkedFile = await server.Grading.ValidateRuleSetAsync(new ValidateRuleSetRequest { Content = content }, cancellationToken: cancellationToken);
            if (RuleSetFile.Tell(shell, name, checkedFile.Faults) is var refused and not ExitCode.Done)
            {
                return refused;
            }

            var published = await server.Grading.PublishRuleSetAsync(
                new PublishRuleSetRequest { Content = content, Reason = parsed.GetValue(reason) ?? "" }, cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, RuleSetColumns.Published, published);
            return ExitCode.Done;
        });
    }
}
