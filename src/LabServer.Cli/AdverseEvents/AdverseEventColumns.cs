using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary>How an adverse event is written.</summary>
internal static class AdverseEventColumns
{
    /// <summary>An event in a listing.</summary>
    public static readonly IReadOnlyList<Column<AdverseEvent>> Listed =
    [
        new("event_id", found => found.EventId, InTable: false),
        new("rule_set", found => found.RuleSetId),
        new("subject_id", found => found.SubjectId),
        new("term", found => found.Term),
        new("system_organ_class", found => found.SystemOrganClass, InTable: false),
        new("direction", found => Enums.Lower(found.Direction)),
        new("onset", found => found.Onset),
        new("end", found => found.End),
        new("baseline_grade", found => found.HasBaselineGrade ? found.BaselineGrade : null),
        new("worst_grade", found => found.WorstGrade),
        new("history", History, InTable: false),
        new("source", found => Enums.Lower(found.Source), InTable: false),
        new("review_state", found => Enums.Lower(found.ReviewState), InTable: false),
        new("relatedness", found => found.Review is { } review ? Enums.Lower(review.Relatedness) : null, InTable: false),
        new("serious", found => found.Review is { } review ? Enums.Lower(review.Serious) : null, InTable: false),
        new("outcome", found => found.Review is { } review ? EventWords.Outcome(review.Outcome) : null, InTable: false),
        new("removed", found => found.Removed, InTable: false),
        new("fingerprint", found => found.Fingerprint, InTable: false),
        new("rule_set_version", found => found.RuleSetVersion, InTable: false),
    ];

    /// <summary>An event by itself.</summary>
    public static readonly IReadOnlyList<Column<AdverseEvent>> Shown =
    [
        new("event_id", found => found.EventId),
        new("source", found => Enums.Lower(found.Source)),
        .. Listed.Where(column => column.InTable),
        new("system_organ_class", found => found.SystemOrganClass),
        new("removed", found => found.Removed),
        new("review_state", found => Enums.Lower(found.ReviewState)),
        new("relatedness", found => found.Review is { } review ? Enums.Lower(review.Relatedness) : null),
        new("serious", found => found.Review is { } review ? Enums.Lower(review.Serious) : null),
        new("outcome", found => found.Review is { } review ? EventWords.Outcome(review.Outcome) : null),
        new("comment", found => found.Review?.Comment),
        new("reviewer", found => found.Review?.Reviewer),
        new("reviewed_at", found => found.Review?.ReviewedAt?.ToDateTimeOffset()),
        new("fingerprint", found => found.Fingerprint),
        new("history", found => string.Join(", ", found.History.Select(point => $"{point.CollectedAt}: {Cell.Text(point.Grade)}"))),
    ];

    private static JsonArray History(AdverseEvent found) =>
    [
        .. found.History.Select(point => new JsonObject
        {
            ["collectedAt"] = point.CollectedAt,
            ["grade"] = point.Grade,
            ["laboratory"] = point.Laboratory,
            ["sourceResultId"] = point.SourceResultId,
        }),
    ];
}
