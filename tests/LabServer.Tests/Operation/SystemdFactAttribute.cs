namespace LabServer.Tests.Operation;

/// <summary>A test that needs <c>systemd-analyze</c>; where there is none it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SystemdFactAttribute : FactAttribute
{
    public SystemdFactAttribute()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Skip = "There is no systemd-analyze on this machine: docs/samples/labserver.service is NOT checked.";
        }
    }
}
