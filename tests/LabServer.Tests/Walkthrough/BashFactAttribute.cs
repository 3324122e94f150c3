namespace LabServer.Tests.Walkthrough;

/// <summary>A fact that runs commands as a person would type them; skipped where there is no bash.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "bash"))))
        {
            Skip = "The commands of README.md were not run: there is no bash here.";
        }
    }
}
