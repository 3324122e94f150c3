namespace LabServer.Core.Tests.Support;

/// <summary>Tests that measure what the whole process holds, and so run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
