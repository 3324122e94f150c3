using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The adverse-event summary as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class IncidenceJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeAdverseEventsResponse summary) => new()
    {
        ["study"] = summary.StudyId,
        ["ruleSet"] = summary.RuleSetId,
        ["arms"] = new JsonArray([.. summary.Arms.Select(arm => new JsonObject { ["arm"] = arm.Arm, ["subjects"] = arm.Subjects })]),
        ["terms"] = new JsonArray([.. summary.Terms.Select(term => new JsonObject
        {
            ["term"] = term.Term,
            ["arms"] = Counts(term.Arms),
            ["systemOrganClass"] = term.SystemOrganClass,
            ["direction"] = Enums.Lower(term.Direction),
        })]),
        ["any"] = new JsonObject { ["arms"] = Counts(summary.Any) },
        ["notGradable"] = new JsonArray([.. summary.NotGradable.Select(count => new JsonObject
        {
            ["reason"] = count.Reason,
            ["results"] = count.Results,
        })]),
        ["pending"] = summary.Pending,
    };

    private static JsonArray Counts(IEnumerable<GradeCounts> arms) => new([.. arms.Select(counts => new JsonObject
    {
        ["arm"] = counts.Arm,
        ["grade1"] = counts.Grade1,
        ["grade2"] = counts.Grade2,
        ["grade3"] = counts.Grade3,
        ["grade4"] = counts.Grade4,
        ["grade5"] = counts.Grade5,
        ["grade12"] = counts.Grade1 + counts.Grade2,
        ["grade34"] = counts.Grade3 + counts.Grade4,
        ["any"] = counts.Any,
    })]);
}
