namespace LabServer.Tests.Support;

/// <summary>A fact with a <see cref="FaultyDisk"/>; skipped where there is no Linux or no C compiler to make one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultyDiskFactAttribute : FactAttribute
{
    public FaultyDiskFactAttribute()
    {
        if (FaultyDisk.Compiler is null)
        {
            Skip = "Failing writes were NOT tested: that needs Linux and a C compiler (cc, gcc or clang) on the PATH.";
        }
    }
}
