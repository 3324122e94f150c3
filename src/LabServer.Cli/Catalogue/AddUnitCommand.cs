using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Catalogue;

/// <summary><c>labctl catalogue add-unit SPELLING --test T --means UNIT</c>.</summary>
internal sealed class AddUnitCommand : Command
{
    public AddUnitCommand(Shell shell)
        : base("add-unit", "Registers one more spelling of a unit of a test; results held for it go to grading.")
    {
        var spelling = new Argument<string>("SPELLING") { Description = "The unit as laboratories send it. Case counts." };
        var test = new Option<string>("--test") { Description = "The test, as `catalogue list` names it.", HelpName = "TEST", Required = true };
        var means = new Option<string>("--means") { Description = "The unit it means: one of the test's.", HelpName = "UNIT", Required = true };
        Add(spelling);
        Add(test);
        Add(means);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var registered = await server.Catalogue.RegisterUnitSynonymAsync(
                new RegisterUnitSynonymRequest
                {
                    TestKey = parsed.GetRequiredValue(test),
                    ReportedUnit = parsed.GetRequiredValue(spelling),
                    Unit = parsed.GetRequiredValue(means),
                    Reason = shell.ReasonOf(parsed),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, TestColumns.Registered, (registered.Test, registered.ReleasedResults));
            return ExitCode.Done;
        });
    }
}
