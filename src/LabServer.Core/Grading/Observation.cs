using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>One result in its series: the newest version of it, understood, with numbers in the unit it was reported in.</summary>
public readonly record struct Observation
{
    /// <summary>Key of the result it is.</summary>
    public required long ResultKey { get; init; }

    /// <summary>LBDTC in UTC microseconds; the start of the period for a partial date. What series are ordered by.</summary>
    public required long CollectedUs { get; init; }

    /// <summary>LBDTC as sent.</summary>
    public required string CollectedAt { get; init; }

    /// <summary>The number in <see cref="Unit"/>; null for text. With a qualifier it is a bound and not the value.</summary>
    public double? Value { get; init; }

    /// <summary>What stood before the number.</summary>
    public ValueQualifier Qualifier { get; init; }

    /// <summary>Canonical unit (UCUM) it was reported in; null when the test has none.</summary>
    public string? Unit { get; init; }

    /// <summary>LBORNRLO in <see cref="Unit"/>.</summary>
    public double? LowerLimit { get; init; }

    /// <summary>LBORNRHI in <see cref="Unit"/>.</summary>
    public double? UpperLimit { get; init; }

    /// <summary>LBSTRESN: <see cref="Value"/> in the test's standard unit.</summary>
    public double? StandardValue { get; init; }

    /// <summary>LBFAST; null when not known.</summary>
    public bool? Fasting { get; init; }

    /// <summary>The value that may be graded: null for text and for bounds such as <c>&lt;0.5</c>.</summary>
    public double? GradableValue => Qualifier == ValueQualifier.None ? Value : null;

    /// <summary>LBNRIND by its own range; null when it cannot be told.</summary>
    public RangeIndicator? Indicator => new ReferenceRange(LowerLimit, UpperLimit).Indicate(GradableValue);
}
