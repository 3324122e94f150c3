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

        var lines = new ConcurrentQueue<string>();
        // Not disposed: of a program that took too long the last lines come later.
        var open = new CountdownEvent(2);
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {limit}:\n{Text()}");
        }

        // What it started and left running would keep both open for as long as that runs.
        return open.Wait(Eventually.Bound)
            ? new ProcessRun(process.ExitCode, Text())
            : throw new TimeoutException($"{program} has ended, and something that it started still has its output:\n{Text()}");

        void Take(string? line)
        {
            if (line is null)
            {
                open.Signal();
            }
            else
            {
                lines.Enqueue(line);
            }
        }

        string Text() => string.Join('\n', lines);
    }
}
