namespace LabServer.Tests.Foreign;

/// <summary>A fact that needs node and npm; where they are not, or npm reaches no registry, it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForeignClientFactAttribute : FactAttribute
{
    public ForeignClientFactAttribute()
    {
        if (ForeignClient.Absence is { } absence)
        {
            Skip = $"The foreign client was not run: {absence}";
        }
    }
}
