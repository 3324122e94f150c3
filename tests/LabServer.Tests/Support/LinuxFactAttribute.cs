namespace LabServer.Tests.Support;

/// <summary>A fact that only Linux shows of a process; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "What the server has loaded was NOT tested: only Linux shows it.";
        }
    }
}
