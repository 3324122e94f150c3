using LabServer.Tests.Support;

namespace LabServer.Tests.Walkthrough;

/// <summary>Follows README.md: a newcomer's commands, in order, in an empty folder, against a real server.</summary>
public sealed class ReadmeTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [BashFact]
    public void Readme_EveryMarkedBlock_WorksAsWritten()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = PutLabctlOnPath(folder.Path),
            ["LABCTL_SERVER"] = server.GrpcAddress.ToString(),
            ["LABCTL_API_KEY_FILE"] = ServerFixture.KeyFileOf(server.GrpcAddress.ToString())!,
        };
        var blocks = ReadmeBlocks.Read();

        Assert.Equal(12, blocks.Count);
        Assert.All(blocks, block =>
        {
            var run = ProcessRun.Of("bash", ["-euo", "pipefail", "-c", block], folder.Path, Patience, environment);
            Assert.True(run.ExitCode == 0, $"Exit code {run.ExitCode}:\n{block}\n\n{run.Output}");
        });

        // A header, 18,137 results of the sample trial, and what is derived from them: 624 neutralisation outcomes, 600 CD4/CD8 ratios.
        Assert.Equal(19_362, File.ReadLines(Path.Combine(folder.Path, "adlb.csv")).Count());
    }

    // As a folder with a program of that name would be: what the project builds is a .dll and a program of the platform.
    private static string PutLabctlOnPath(string folder)
    {
        var programs = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        var labctl = Path.Combine(programs, "labctl");

        // The program's own output: beside this test it would lack the packages that ASP.NET brings to the test.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "LabServer.Cli", configuration, "labctl.dll"));
        File.WriteAllText(labctl, $"#!/usr/bin/env bash\nexec dotnet '{built}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(labctl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return $"{programs}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
    }
}
