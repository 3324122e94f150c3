using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Keys;

/// <summary><c>labctl keys whoami</c>.</summary>
internal sealed class WhoAmICommand : Command
{
    private static readonly IReadOnlyList<Column<GetCallerResponse>> Columns =
    [
        new("name", caller => caller.Name),
        new("role", caller => Roles.Word(caller.Role)),
        new("all_studies", caller => caller.AllStudies),
        new("studies", caller => caller.Studies),
        new("laboratories", caller => caller.Laboratories),
        new("all_unblinded", caller => caller.AllUnblinded),
        new("unblinded_studies", caller => caller.UnblindedStudies),
        new("permissions", caller => caller.Permissions),
    ];

    public WhoAmICommand(Shell shell) : base("whoami", "Shows who you are to the server, and what you may do.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            shell.WriteRecord(parsed, Columns, await server.Access.GetCallerAsync(new GetCallerRequest(), cancellationToken: cancellationToken));
            return ExitCode.Done;
        });
    }
}
