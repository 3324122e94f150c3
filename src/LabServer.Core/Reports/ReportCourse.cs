namespace LabServer.Core.Reports;

/// <summary>The results behind a new event of grade 3 or more.</summary>
internal sealed record ReportCourse
{
    public required string SubjectId { get; init; }

    public required string Test { get; init; }

    public required string TestName { get; init; }

    public required string RuleSet { get; init; }

    public required string Term { get; init; }

    /// <summary>Worst grade of the event.</summary>
    public required int Grade { get; init; }

    /// <summary>Unit of all numbers here; results in another unit are left out.</summary>
    public required string Unit { get; init; }

    /// <summary>Results left out for want of a number in the unit.</summary>
    public int LeftOut { get; init; }

    /// <summary>Whether days are counted from the first dose; else from the first result.</summary>
    public bool FromFirstDose { get; init; }

    public IReadOnlyList<ReportPoint> Points { get; init; } = [];

    public IReadOnlyList<ReportThreshold> Thresholds { get; init; } = [];
}

/// <summary>A result of a course. Day: days since the first dose or the first result, with fractions.</summary>
internal sealed record ReportPoint(double Day, string CollectedAt, double Value, string Qualifier, double? Low, double? High, int? Grade);

/// <summary>Where a grade begins, by the limits and the baseline of the worst result.</summary>
internal sealed record ReportThreshold(int Grade, double Value);
