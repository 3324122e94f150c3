namespace LabServer.Cli.SampleTrial;

/// <summary>
/// A visit of the sample trial (VISIT) with its median study day and how many subjects of each arm came to it.
/// Days and attendance are those of NCT04288102; where it names none (Baseline, Day 10) all came.
/// </summary>
/// <param name="Name">VISIT.</param>
/// <param name="Label">Short form for result ids.</param>
/// <param name="Day">Days after the first dose, on average; -1 is the day before it.</param>
/// <param name="Window">The visit lies at most this many days before or after <paramref name="Day"/>.</param>
/// <param name="Msc">Subjects of 65 who came.</param>
/// <param name="Placebo">Subjects of 35 who came.</param>
/// <param name="Recovery">How far values have moved from the level of the acute illness (0) to the settled one (1).</param>
internal sealed record SampleVisit(string Name, string Label, int Day, int Window, int Msc, int Placebo, decimal Recovery)
{
    /// <summary>The visits in time order.</summary>
    public static readonly IReadOnlyList<SampleVisit> All =
    [
        new("Baseline", "BL", -1, 0, 65, 35, 0m),
        new("Day 10", "D10", 10, 1, 65, 35, 0.25m),
        new("Month 1", "M1", 32, 3, 60, 35, 0.50m),
        new("Month 3", "M3", 89, 5, 51, 30, 0.70m),
        new("Month 6", "M6", 172, 7, 53, 29, 0.85m),
        new("Month 9", "M9", 266, 7, 53, 27, 0.95m),
        new("Month 12", "M12", 362, 7, 56, 30, 1m),
    ];

    /// <summary>Whether it lies before the first dose.</summary>
    public bool IsBaseline => Day < 0;

    /// <summary>Subjects of <paramref name="arm"/> who came.</summary>
    public int Attendance(SampleArm arm) => arm == SampleArm.Msc ? Msc : Placebo;
}
