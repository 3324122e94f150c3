using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Shift tables as one JSON document: <c>{study, tables: [{…, arms: [{arm, subjects, rows}], total}]}</c>.</summary>
internal sealed class ShiftJson(TextWriter output, string study) : ShiftWriter
{
    private bool _started;

    /// <inheritdoc/>
    public override void Write(SummarizeShiftsResponse table)
    {
        var json = new JsonObject
        {
            ["test"] = table.Test,
            ["testName"] = table.TestName,
            ["by"] = ShiftWords.By(table.By),
            ["ruleSet"] = table.RuleSetId.Length > 0 ? table.RuleSetId : null,
            ["term"] = table.Term.Length > 0 ? table.Term : null,
            ["direction"] = ShiftWords.Direction(table.Direction) is { Length: > 0 } direction ? direction : null,
            ["worst"] = table.Worst,
            ["visit"] = table.Worst ? null : table.Visit,
            ["visitNumber"] = table.VisitNumber.Length > 0 ? table.VisitNumber : null,
            ["categories"] = new JsonArray([.. table.Categories.Select(category => JsonValue.Create(category))]),
            ["arms"] = Arms(table.Categories, table.Arms),
            ["total"] = Counts(table.Categories, table.Total),
        };
        if (table.Strata.Count > 0)
        {
            json["strata"] = new JsonArray([.. table.Strata.Select(stratum => new JsonObject
            {
                ["stratum"] = stratum.Stratum,
                ["arms"] = Arms(table.Categories, stratum.Arms),
                ["total"] = Counts(table.Categories, stratum.Total),
            })]);
        }

        Start();
        output.Write(_started ? ",\n" : "");
        output.Write(json.ToJsonString(JsonText.Indented));
        _started = true;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        Start();
        output.Write("\n]}\n");
        output.Flush();
    }

    private void Start()
    {
        if (!_started)
        {
            output.Write($"{{\"study\": {JsonValue.Create(study).ToJsonString(JsonText.Compact)}, \"tables\": [\n");
        }
    }

    private static JsonArray Arms(IReadOnlyList<string> categories, IEnumerable<ShiftCounts> arms) =>
        new([.. arms.Select(arm => Counts(categories, arm))]);

    // Rows hold every column, zeros too: whoever reads a row need not know the categories.
    private static JsonObject Counts(IReadOnlyList<string> categories, ShiftCounts counts)
    {
        var json = new JsonObject { ["subjects"] = counts.Subjects };
        if (counts.Arm.Length > 0)
        {
            json.Insert(0, "arm", counts.Arm);
        }

        json["rows"] = new JsonArray([.. categories.Select(baseline => new JsonObject
        {
            ["baseline"] = baseline,
            ["counts"] = new JsonObject(categories.Select(value => KeyValuePair.Create(value, (JsonNode?)Count(counts, baseline, value)))),
        })]);
        return json;
    }
}
