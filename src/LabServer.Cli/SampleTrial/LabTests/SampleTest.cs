namespace LabServer.Cli.SampleTrial;

/// <summary>A test of the sample trial (LBTESTCD) and how its values lie.</summary>
/// <param name="Code">LBTESTCD.</param>
/// <param name="Unit">LBORRESU.</param>
/// <param name="Decimals">Digits after the point that the laboratory prints.</param>
/// <param name="Category">LBCAT.</param>
/// <param name="Specimen">LBSPEC.</param>
internal sealed record SampleTest(string Code, string Unit, int Decimals, string Category, string Specimen)
{
    /// <summary>Reference range of men, and of women where <see cref="WomenLimits"/> is null.</summary>
    public SampleLimits Limits { get; init; } = SampleLimits.None;

    /// <summary>Reference range of women where it differs.</summary>
    public SampleLimits? WomenLimits { get; init; }

    /// <summary>Values at baseline in the MSC arm, and in the placebo arm where <see cref="PlaceboBaseline"/> is null.</summary>
    public required Spread Baseline { get; init; }

    /// <summary>Values at baseline in the placebo arm where they differ.</summary>
    public Spread? PlaceboBaseline { get; init; }

    /// <summary>Values at month 12; null: as at baseline.</summary>
    public Spread? Settled { get; init; }

    /// <summary>Values at month 12 in the placebo arm where they differ.</summary>
    public Spread? PlaceboSettled { get; init; }

    /// <summary>
    /// A threshold inside the reference range under which criteria grade already (CD4: 500 /uL). Null: there is none.
    /// </summary>
    public decimal? CriteriaFloor { get; init; }

    /// <summary>Labels of the visits it is measured at; null: all.</summary>
    public IReadOnlyList<string>? Visits { get; init; }

    /// <summary>Subjects of the MSC arm in whom it is measured at all. Null: all.</summary>
    public int? MeasuredMsc { get; init; }

    /// <summary>Subjects of the placebo arm in whom it is measured at all. Null: all.</summary>
    public int? MeasuredPlacebo { get; init; }

    /// <summary>The range printed beside a result.</summary>
    public SampleLimits LimitsOf(bool woman) => woman && WomenLimits is { } own ? own : Limits;

    /// <summary>Values at baseline.</summary>
    public Spread BaselineOf(SampleArm arm) => arm == SampleArm.Placebo && PlaceboBaseline is { } own ? own : Baseline;

    /// <summary>Values at month 12.</summary>
    public Spread SettledOf(SampleArm arm) =>
        (arm == SampleArm.Placebo ? PlaceboSettled ?? Settled : Settled) ?? BaselineOf(arm);

    /// <summary>Subjects of <paramref name="arm"/> in whom it is measured; null: all.</summary>
    public int? Measured(SampleArm arm) => arm == SampleArm.Msc ? MeasuredMsc : MeasuredPlacebo;

    /// <summary>Whether it is measured at <paramref name="visit"/>.</summary>
    public bool IsMeasuredAt(SampleVisit visit) => Visits is null || Visits.Contains(visit.Label);
}
