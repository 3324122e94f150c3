namespace LabServer.Cli.SampleTrial;

/// <summary>A published row beside what the server counts.</summary>
/// <param name="Published">The published row.</param>
/// <param name="Ours">What the server counts; all 0 where it has no such term.</param>
internal sealed record ComparedEvent(PublishedEvent Published, EventCounts Ours)
{
    /// <summary>Whether all four counts agree.</summary>
    public bool Matches => Published.Published == Ours;
}
