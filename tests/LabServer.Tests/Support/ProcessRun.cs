using System.Collections.Concurrent;
using System.Diagnostics;

namespace LabServer.Tests.Support;

/// <summary>A program that a test ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output and standard error, line by line as they came.</param>
internal sealed record ProcessRun(int ExitCode, string Output)
{
    /// <summary>Runs a program; one that takes longer than <paramref name="limit"/> is ended, and the test fails.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static ProcessRun Of(
        string program, IEnumerable<string> arguments, string folder, TimeSpan limit,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var lines = new ConcurrentQueue<string?>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}:\n{Text(lines)}");
        }

        // Without a limit it also waits until the last lines are read.
        process.WaitForExit();
        return new ProcessRun(process.ExitCode, Text(lines));
    }

    private static string Text(IEnumerable<string?> lines) => string.Join('\n', lines.OfType<string>());
}
