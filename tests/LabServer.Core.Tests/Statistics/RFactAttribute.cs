using System.Diagnostics;

namespace LabServer.Core.Tests.Statistics;

/// <summary>A fact that runs R; where there is no Rscript, or no MASS in it, the test is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Absence = new(FindAbsence);

    public RFactAttribute()
    {
        if (Absence.Value is { } absence)
        {
            Skip = $"The golden values were not made again: {absence}";
        }
    }

    private static string? FindAbsence()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "Rscript"))))
        {
            return "there is no Rscript here.";
        }

        using var process = Process.Start(new ProcessStartInfo("Rscript", ["-e", "library(MASS)"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var words = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"R lacks MASS: {words.Trim()}";
    }
}
