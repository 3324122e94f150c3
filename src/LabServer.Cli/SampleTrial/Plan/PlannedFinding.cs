namespace LabServer.Cli.SampleTrial;

/// <summary>
/// A finding the sample trial places: in so many subjects of an arm, at one or two visits after the first dose, the
/// value lies outside of the printed range although it was inside at baseline. Nothing but raw values is placed.
/// </summary>
/// <param name="Test">LBTESTCD.</param>
/// <param name="Limit">Which limit is passed.</param>
/// <param name="Nearest">Least multiple of the limit that the value takes.</param>
/// <param name="Farthest">Greatest multiple of the limit that the value takes.</param>
/// <param name="Msc">Subjects of the MSC arm.</param>
/// <param name="Placebo">Subjects of the placebo arm.</param>
/// <param name="MscFrom">Place of the first of them in the arm's shuffled order: findings that overlap share subjects.</param>
/// <param name="PlaceboFrom">The same in the placebo arm.</param>
internal sealed record PlannedFinding(
    string Test, PassedLimit Limit, decimal Nearest, decimal Farthest, int Msc, int Placebo, int MscFrom, int PlaceboFrom)
{
    /// <summary>Subjects of <paramref name="arm"/> that have it.</summary>
    public int Subjects(SampleArm arm) => arm == SampleArm.Msc ? Msc : Placebo;

    /// <summary>Place of the first of them in the shuffled order of <paramref name="arm"/>.</summary>
    public int From(SampleArm arm) => arm == SampleArm.Msc ? MscFrom : PlaceboFrom;
}

/// <summary>The limit of normal that a planned finding passes.</summary>
internal enum PassedLimit
{
    /// <summary>Under the lower limit.</summary>
    Lower,

    /// <summary>Over the upper limit.</summary>
    Upper,
}
