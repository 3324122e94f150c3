using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Liver safety as JSON: counts, and points of a plot of bilirubin (y) against ALT or AST (x), in × ULN.</summary>
internal static class LiverJson
{
    /// <summary>The whole document.</summary>
    public static JsonObject Of(SummarizeLiverSafetyResponse summary)
    {
        var json = new JsonObject
        {
            ["study"] = summary.StudyId,
            ["bounds"] = new JsonObject
            {
                ["transaminase"] = summary.TransaminaseBound,
                ["bilirubin"] = summary.BilirubinBound,
                ["source"] = summary.Source,
            },
            ["arms"] = new JsonArray([.. summary.Arms.Select(Counts)]),
            ["total"] = Counts(summary.Total),
            ["points"] = new JsonArray([.. summary.Subjects.Select(subject => Point(subject, summary.Strata.Count > 0))]),
        };
        if (summary.Strata.Count > 0)
        {
            json["strata"] = new JsonArray([.. summary.Strata.Select(stratum => new JsonObject
            {
                ["stratum"] = stratum.Stratum,
                ["arms"] = new JsonArray([.. stratum.Arms.Select(Counts)]),
                ["total"] = Counts(stratum.Total),
            })]);
        }

        return json;
    }

    private static JsonObject Counts(LiverCounts counts)
    {
        var json = new JsonObject
        {
            ["subjects"] = counts.Subjects,
            ["normal"] = counts.Normal,
            ["temple"] = counts.Temple,
            ["cholestasis"] = counts.Cholestasis,
            ["hysLaw"] = counts.HysLaw,
            ["notMeasurable"] = counts.NotMeasurable,
            ["candidates"] = counts.Candidates,
            ["candidatesAlpUnderTwice"] = counts.CandidatesAlpUnderTwice,
            ["notMeasurableReasons"] = new JsonArray([.. counts.NotMeasurableReasons.Select(reason => new JsonObject
            {
                ["test"] = reason.Test,
                ["reason"] = reason.Reason,
                ["subjects"] = reason.Subjects,
            })]),
            ["notMeasurableOverBound"] = counts.NotMeasurableOverBound,
        };
        if (counts.Arm.Length > 0)
        {
            json.Insert(0, "arm", counts.Arm);
        }

        return json;
    }

    private static JsonObject Point(LiverSubject subject, bool isSplit)
    {
        var json = new JsonObject
        {
            ["subject"] = subject.SubjectId,
            ["arm"] = subject.Arm,
            ["x"] = LiverColumns.Times(subject.Transaminase),
            ["y"] = LiverColumns.Times(subject.Bilirubin),
            ["quadrant"] = LiverColumns.Word(subject.Quadrant) is { Length: > 0 } word ? word : null,
            ["alt"] = Peak(subject.Alt),
            ["ast"] = Peak(subject.Ast),
            ["bilirubin"] = Peak(subject.Bilirubin),
            ["alpUln"] = subject.HasAlpTimesUpperLimit ? subject.AlpTimesUpperLimit : null,
            ["alpAt"] = subject.AlpCollectedAt.Length > 0 ? subject.AlpCollectedAt : null,
            ["hysLawCandidate"] = subject.HysLawCandidate,
            ["alpUnderTwice"] = subject.HysLawCandidate ? YesNoText.Word(subject.AlpUnderTwice) : null,
            ["overBound"] = subject.OverBound,
        };
        if (isSplit)
        {
            json.Insert(2, "stratum", subject.Stratum);
        }

        return json;
    }

    private static JsonObject Peak(LiverPeak peak) => new()
    {
        ["uln"] = LiverColumns.Times(peak),
        ["atLeast"] = peak.AtLeast,
        ["at"] = peak.CollectedAt.Length > 0 ? peak.CollectedAt : null,
        ["baseline"] = LiverColumns.OfBaseline(peak),
        ["reason"] = peak.Reason.Length > 0 ? peak.Reason : null,
    };
}
