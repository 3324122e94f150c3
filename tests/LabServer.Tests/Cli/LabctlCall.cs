using LabServer.Cli;
using LabServer.Cli.Output;

namespace LabServer.Tests.Cli;

/// <summary>A call of labctl in this process, and what came of it.</summary>
internal sealed record LabctlCall(int ExitCode, string Output, string Error)
{
    /// <summary>Runs labctl as into a pipe, with nothing in its environment.</summary>
    public static Task<LabctlCall> Run(params string[] args) => Run(args, new Dictionary<string, string?>());

    /// <summary>Runs labctl as into a pipe.</summary>
    public static async Task<LabctlCall> Run(
        string[] args, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error);
        var exitCode = await Labctl.Run(args, terminal, environment.GetValueOrDefault, cancellationToken);
        return new LabctlCall(exitCode, output.ToString(), error.ToString());
    }
}
