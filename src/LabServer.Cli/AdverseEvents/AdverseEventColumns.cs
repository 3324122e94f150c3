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
        new("rule_set_version", found => found.RuleSetVersion, InTable: false),
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
