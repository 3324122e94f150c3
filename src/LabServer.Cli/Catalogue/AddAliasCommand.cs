using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Catalogue;

/// <summary><c>labctl catalogue add-alias ALIAS --test T</c>.</summary>
internal sealed class AddAliasCommand : Command
{
    public AddAliasCommand(Shell shell) : base("add-alias", "Registers one more code for a test; results held for it go to grading.")
    {
        var alias = new Argument<string>("ALIAS") { Description = "The code that laboratories send." };
        var test = new Option<string>("--test") { Description = "The test it means, as `catalogue list` names it.", HelpName = "TEST", Required = true };
        Add(alias);
        Add(test);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var registered = await server.Catalogue.RegisterTestAliasAsync(
                new RegisterTestAliasRequest
                {
                    Alias = parsed.GetRequiredValue(alias),
                    TestKey = parsed.GetRequiredValue(test),
                    Reason = shell.ReasonOf(parsed),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, TestColumns.Registered, (registered.Test, registered.ReleasedResults));
            return ExitCode.Done;
        });
    }
}
