using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>One result in its series: the newest version of it, understood, with numbers in the unit it was reported in.</summary>
public readonly record struct Observation
{
    /// <summary>An observation without anything.</summary>
    public Observation()
    {
    }

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

    /// <summary>Laboratory that sent it; of a derived result the one whose result it is computed for.</summary>
    public long LaboratoryKey { get; init; }

    /// <summary>LBMETHOD as sent.</summary>
    public string Method { get; init; } = "";

    /// <summary>Status the laboratory gave.</summary>
    public ResultStatus Status { get; init; } = ResultStatus.Final;

    /// <summary>LBSPCCND as sent.</summary>
    public string SpecimenCondition { get; init; } = "";

    /// <summary>Whether LabServer computed it from others.</summary>
    public bool IsDerived { get; init; }

    /// <summary>Where the limits come from.</summary>
    public RangeSource RangeSource { get; init; }

    /// <summary>Whether the lower limit itself is not normal; only a laboratory's own range can say so.</summary>
    public bool LowerExclusive { get; init; }

    /// <summary>Whether the upper limit itself is not normal; only a laboratory's own range can say so.</summary>
    public bool UpperExclusive { get; init; }

    /// <summary>The laboratory's range that gave the limits; null unless <see cref="RangeSource.Laboratory"/>.</summary>
    public long? RangeKey { get; init; }

    /// <summary>VISIT and VISITNUM as sent, by key. Read for tables only: grading does not look at visits.</summary>
    public long? VisitKey { get; init; }

    /// <summary>The text of a value that is no number, by key. Read for tables only.</summary>
    public long? TextKey { get; init; }

    /// <summary>Whether the specimen spoils the test. Known once the series is prepared, like what follows.</summary>
    public bool IsSpoiled { get; init; }

    /// <summary>Why it is not graded under any term, whatever its number; null: it may be.</summary>
    public NotGradableReason? Barred { get; init; }

    /// <summary>AVAL: the value where it is one; null for text and for bounds such as <c>&lt;0.5</c>.</summary>
    public double? ExactValue => Qualifier == ValueQualifier.None ? Value : null;

    /// <summary>The value that may be a baseline: exact, and not barred from grading.</summary>
    public double? GradableValue => Barred is null ? ExactValue : null;

    /// <summary>LBNRIND by its own range; null when it cannot be told.</summary>
    public RangeIndicator? Indicator => Range.Indicate(Value, Qualifier);

    /// <summary>Its limits.</summary>
    public ReferenceRange Range => new(LowerLimit, UpperLimit) { LowExclusive = LowerExclusive, HighExclusive = UpperExclusive };
}
