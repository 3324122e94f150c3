namespace LabServer.Tests.Support;

/// <summary>A theory about a shared file; where the file is absent, the test is skipped and says which one it wanted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(string file)
    {
        if (SharedData.PathOf(file) is null)
        {
            Skip = $"The shared file {file} is not there; set LABSERVER_SHARED to the folder that holds it.";
        }
    }
}
