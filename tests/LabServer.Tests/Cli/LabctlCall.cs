using System.Text.Json.Nodes;
using LabServer.Cli;
using LabServer.Cli.Output;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

/// <summary>A call of labctl in this process, and what came of it.</summary>
internal sealed record LabctlCall(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The cells of the output's table, line by line; the lines between its rows are left out.</summary>
    public IReadOnlyList<string[]> Table =>
        [.. Output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line[1..^1].Split('|', StringSplitOptions.TrimEntries))];

    /// <summary>The table of a single record: what stands beside each name.</summary>
    public IReadOnlyDictionary<string, string> Record => Table.ToDictionary(row => row[0], row => row[1]);

    /// <summary>The same property of each object of the output's array.</summary>
    public IReadOnlyList<string?> Each(string property) => [.. Json.AsArray().Select(row => row![property]?.ToString())];

    /// <summary>Runs labctl as into a pipe, with nothing in its environment but the key of the server that it is to call.</summary>
    public static Task<LabctlCall> Run(params string[] args) => Run(args, new Dictionary<string, string?>());

    /// <summary>Runs labctl as into a pipe. Its clock stands still, so that a busy machine does not make progress lines.</summary>
    public static Task<LabctlCall> Run(
        string[] args, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken = default) =>
        Run(args, environment, new SteppedTime(TimeSpan.Zero), cancellationToken);

    /// <summary>Runs labctl as into a pipe, by a clock; one that does not end is stopped, as by Ctrl-C.</summary>
    public static async Task<LabctlCall> Run(
        string[] args, IReadOnlyDictionary<string, string?> environment, TimeProvider time, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, error, time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Longest);
        var exitCode = await Labctl.Run(args, terminal, name => environment.TryGetValue(name, out var value) ? value : KeyFile(name, args), bound.Token);
        Assert.False(bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested, $"labctl did not end within {Longest}:\n{output}\n{error}");
        return new LabctlCall(exitCode, output.ToString(), error.ToString());
    }

    // Of the fixture at the address named; a test of calls without a key sets the variable to nothing.
    private static string? KeyFile(string name, string[] args) =>
        name == "LABCTL_API_KEY_FILE" && Array.IndexOf(args, "--server") is var at and >= 0 && at + 1 < args.Length
            ? ServerFixture.KeyFileOf(args[at + 1])
            : null;
}
