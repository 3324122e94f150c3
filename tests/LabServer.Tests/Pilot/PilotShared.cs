namespace LabServer.Tests.Pilot;

/// <summary>The pilot goes through the server once for all tests that look at it.</summary>
[CollectionDefinition(Name)]
public sealed class PilotShared : ICollectionFixture<PilotStudy>
{
    public const string Name = "pilot";
}
