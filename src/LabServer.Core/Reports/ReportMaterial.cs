using LabServer.Core.Summaries;

namespace LabServer.Core.Reports;

/// <summary>
/// Everything that a report shows, but for arms: no figure in here, nor its place in a list, depends on one, and so
/// neither does the blinded edition. Stored as JSON: properties are added, never renamed. Times are texts in the study's zone,
/// since the rules of zones change from machine to machine.
/// </summary>
internal sealed record ReportMaterial
{
    public required string StudyId { get; init; }

    public string Title { get; init; } = "";

    public required string TimeZone { get; init; }

    /// <summary>Cut-off in the study's zone, with its offset, and in UTC.</summary>
    public required string CutOff { get; init; }

    public required string CutOffUtc { get; init; }

    /// <summary>Cut-off of the report before; null: there is none.</summary>
    public string? Previous { get; init; }

    public IReadOnlyList<ReportRuleSet> RuleSets { get; init; } = [];

    public required ReportCounts Counts { get; init; }

    /// <summary>Of the report before; null: there is none.</summary>
    public ReportCounts? PreviousCounts { get; init; }

    public IReadOnlyList<ReportEvent> Events { get; init; } = [];

    public IReadOnlyList<ReportAlert> Alerts { get; init; } = [];

    public IReadOnlyList<ReportCourse> Courses { get; init; } = [];

    public IReadOnlyList<ReportIncidence> Incidence { get; init; } = [];

    public IReadOnlyList<ReportLiver> Liver { get; init; } = [];

    public IReadOnlyList<ReportCount> Held { get; init; } = [];

    public IReadOnlyList<ReportCount> Rejected { get; init; } = [];

    public IReadOnlyList<ReportCount> Flagged { get; init; } = [];

    public IReadOnlyList<ReportNotGradable> NotGradable { get; init; } = [];

    public IReadOnlyList<ReportOutdatedRange> OutdatedRanges { get; init; } = [];

    public IReadOnlyList<ReportLaboratory> Laboratories { get; init; } = [];
}

/// <summary>A rule set of the study.</summary>
internal sealed record ReportRuleSet(string Name, int Version, string Title, string Sha256);

/// <summary>An open alert.</summary>
internal sealed record ReportAlert(
    string AlertId, string Kind, string SubjectId, string What, string RuleSet, int Level, string Value, string HappenedAt, string RaisedAt,
    string Laboratory, string SourceResultId);

/// <summary>Subjects by worst grade under one rule set, arms pooled.</summary>
internal sealed record ReportIncidence(
    string RuleSet, long Population, IReadOnlyList<int> Any, IReadOnlyList<ReportTerm> Terms);

/// <summary>Subjects with a term, by worst grade 1 to 5.</summary>
internal sealed record ReportTerm(string Term, string SystemOrganClass, string Direction, IReadOnlyList<int> Grades);

/// <summary>
/// Peaks of the liver tests of a subject after first dose, in multiples of the upper limit; null: none is known. ALP is the
/// one nearest to the peak that is over its bound. No quadrant: one of the peaks is missing.
/// </summary>
internal sealed record ReportLiver(
    string SubjectId, LiverQuadrant? Quadrant, double? Transaminase, string TransaminaseTest, double? Bilirubin, double? Alp, bool HysLaw, YesNo AlpUnderTwice);

/// <summary>A figure of the data's quality.</summary>
/// <param name="What">Reason, fault or flag.</param>
/// <param name="Results">Results at the cut-off.</param>
/// <param name="Since">Of these, received since the report before.</param>
internal sealed record ReportCount(string What, long Results, long Since);

/// <summary>Results times terms that a rule set could not grade.</summary>
internal sealed record ReportNotGradable(string RuleSet, string Reason, long Results);

/// <summary>Ranges that should be looked after.</summary>
internal sealed record ReportOutdatedRange(string Laboratory, string Test, string Reason, string Range, int Version, long Results, string LastCollectedAt);

/// <summary>A laboratory and when it was last heard of.</summary>
internal sealed record ReportLaboratory(string Laboratory, long Results, long Since, string LastReceived, string LastCollected);
