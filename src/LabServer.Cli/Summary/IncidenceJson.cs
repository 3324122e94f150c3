using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The adverse-event summary as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class IncidenceJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeAdverseEventsResponse summary)
    {
        var json = new JsonObject { ["study"] = summary.StudyId, ["ruleSet"] = summary.RuleSetId };
        Add(json, summary);
        json["pending"] = summary.Pending;
        json["ruleSets"] = new JsonArray([.. summary.RuleSetIds.Select(id => (JsonNode)id)]);
        if (summary.Strata.Count > 0)
        {
            json["strata"] = new JsonArray([.. summary.Strata.Select(stratum =>
            {
                var part = new JsonObject { ["stratum"] = stratum.Stratum };
                Add(part, IncidenceStrata.Summary(summary, stratum));
                return part;
            })]);
        }

        return json;
    }

    private static void Add(JsonObject json, SummarizeAdverseEventsResponse summary)
    {
        json["arms"] = new JsonArray([.. summary.Arms.Select(arm => new JsonObject { ["arm"] = arm.Arm, ["subjects"] = arm.Subjects })]);
        json["terms"] = new JsonArray([.. summary.Terms.Select(term => Term(term, summary))]);
        json["any"] = Row(summary.Any, summary.AnyTotal, summary.AnyComparison, summary);
        json["notGradable"] = new JsonArray([.. summary.NotGradable.Select(count => new JsonObject
        {
            ["reason"] = count.Reason,
            ["results"] = count.Results,
        })]);
        json["subjects"] = summary.Subjects;
        json["systemOrganClasses"] = new JsonArray([.. summary.SystemOrganClasses.Select(row =>
        {
            var part = Row(row.Arms, row.Total, row.Comparison, summary);
            part.Insert(0, "systemOrganClass", row.SystemOrganClass);
            return part;
        })]);
        json["unassessed"] = new JsonArray([.. summary.Unassessed.Select(count => new JsonObject
        {
            ["arm"] = count.Arm,
            ["subjects"] = count.Subjects,
            ["events"] = count.Events,
        })]);
        json["excluded"] = new JsonArray([.. summary.Excluded.Select(term => Term(term, summary))]);
    }

    private static JsonObject Term(TermIncidence term, SummarizeAdverseEventsResponse summary)
    {
        var json = Row(term.Arms, term.Total, term.Comparison, summary);
        json.Insert(0, "term", term.Term);
        json["systemOrganClass"] = term.SystemOrganClass;
        json["direction"] = Enums.Lower(term.Direction);
        return json;
    }

    private static JsonObject Row(
        IEnumerable<GradeCounts> arms, GradeCounts? total, IncidenceComparison? comparison, SummarizeAdverseEventsResponse summary)
    {
        var json = new JsonObject { ["arms"] = new JsonArray([.. arms.Select(Counts)]) };
        if (total is not null)
        {
            var all = Counts(total);
            all.Remove("arm");
            json["total"] = all;
        }

        if (comparison is not null)
        {
            json["comparison"] = ComparisonJson.Of(comparison, summary.Arms.Select(arm => arm.Arm));
        }

        return json;
    }

    private static JsonObject Counts(GradeCounts counts) => new()
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
    };
}
