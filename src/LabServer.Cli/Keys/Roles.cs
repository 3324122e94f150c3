using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Keys;

/// <summary>Roles as they are written: <c>safety-officer</c>.</summary>
internal static class Roles
{
    private static readonly Role[] All = [.. Enum.GetValues<Role>().Where(role => role != Role.Unspecified)];

    /// <summary>The role in lower case with hyphens; empty for none.</summary>
    public static string Word(Role role) => Enums.Lower(role).Replace('_', '-');

    /// <summary>--role.</summary>
    public static Option<Role> Option() => new("--role")
    {
        Description = $"What the key may do: {string.Join(", ", All.Select(Word))}.",
        HelpName = "ROLE",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var role = Array.Find(All, role => Word(role) == text);
            if (role == Role.Unspecified)
            {
                result.AddError($"--role: {text} is none of {string.Join(", ", All.Select(Word))}.");
            }

            return role;
        },
    };
}
