namespace LabServer.Core.Ingestion;

/// <summary>What results are checked against. One for all results of a study.</summary>
/// <param name="Time">The clock, for dates in the future.</param>
/// <param name="Zone">Time zone of the study, in which dates without an offset are read.</param>
/// <param name="Catalogue">Tests and units that are known.</param>
public sealed record CheckContext(TimeProvider Time, TimeZoneInfo Zone, TestCatalogue Catalogue)
{
    /// <summary>How far a laboratory's clock may run ahead of ours.</summary>
    /// <value>The default value is 5 minutes.</value>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether ids that end with a blank are refused, as the engine would take them for those without.</summary>
    /// <value>The default value is <see langword="false"/>: they are ids of their own.</value>
    public bool RefusesBlanksAtTheEnd { get; init; }
}
