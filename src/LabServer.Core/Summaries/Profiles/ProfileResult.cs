using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>A result in a subject's profile.</summary>
public sealed record ProfileResult
{
    /// <summary>Key of the test.</summary>
    public required string Test { get; init; }

    /// <summary>Laboratory that sent it, or <c>(derived)</c>.</summary>
    public required string Laboratory { get; init; }

    /// <summary>The sender's id.</summary>
    public required string SourceResultId { get; init; }

    /// <summary>LBORRES, as sent.</summary>
    public required string ReportedValue { get; init; }

    /// <summary>LBORRESU, as sent.</summary>
    public required string ReportedUnit { get; init; }

    /// <summary>LBSTRESN; null: text, or a bound.</summary>
    public double? StandardValue { get; init; }

    /// <summary>LBSTRESU; empty: the test has none.</summary>
    public required string StandardUnit { get; init; }

    /// <summary>Lower limit it is judged by, in the unit it was reported in.</summary>
    public double? LowerLimit { get; init; }

    /// <summary>Upper limit it is judged by, in the unit it was reported in.</summary>
    public double? UpperLimit { get; init; }

    /// <summary>ANRIND; null: cannot be told.</summary>
    public RangeIndicator? Indicator { get; init; }

    /// <summary>AVISIT; empty: none.</summary>
    public required string Visit { get; init; }

    /// <summary>ABLFL: whether it is the baseline record of its series.</summary>
    public required bool IsBaseline { get; init; }

    /// <summary>Grades under each term of the rule set that looks at it, by term.</summary>
    public required IReadOnlyList<ProfileGrade> Grades { get; init; }

    /// <summary>Why it is worth a second look.</summary>
    public required IReadOnlyList<FlagKind> Flags { get; init; }
}

/// <summary>A grade in a subject's profile.</summary>
/// <param name="Term">Term.</param>
/// <param name="Grade">0 to 4; null: not gradable.</param>
/// <param name="Reason">Why it is not gradable; null: it is.</param>
public sealed record ProfileGrade(Term Term, int? Grade, NotGradableReason? Reason);
