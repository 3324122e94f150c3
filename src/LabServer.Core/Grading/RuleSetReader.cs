using System.Security.Cryptography;
using System.Text.Json;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Reads a rule set from its JSON file. Everything is checked, and all faults are reported at once, each with its term,
/// criterion and grade.
/// </summary>
public static partial class RuleSetReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads and checks a rule set.</summary>
    /// <param name="json">The file, UTF-8.</param>
    /// <param name="name">Names the file in the exception.</param>
    /// <param name="catalogue">Tests and units to check against and to convert by; null: no test is checked, no unit converted.</param>
    /// <param name="published">Finds a set that this one may extend, by <see cref="RuleSet.Id"/>; null: there is none.</param>
    /// <exception cref="RuleSetException">The file has faults; all are listed.</exception>
    public static RuleSet Read(
        ReadOnlyMemory<byte> json, string name, TestCatalogue? catalogue, Func<string, RuleSet?>? published = null)
    {
        var faults = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var fields = new JsonFields(document.RootElement, string.Empty, faults);
            var ruleSet = ReadRuleSet(fields, Convert.ToHexStringLower(SHA256.HashData(json.Span)), catalogue, published ?? (_ => null));
            RuleSetChecks.Check(ruleSet.Terms, catalogue, faults);
            return faults.Count == 0 ? ruleSet.Build() : throw new RuleSetException(name, faults);
        }
        catch (JsonException broken)
        {
            throw new RuleSetException(name, [.. faults, $"not valid JSON: {broken.Message}"]);
        }
    }

    private sealed record Draft(
        string Name, int Version, string Title, string Source, string Hash, RuleSet? Base, IReadOnlyList<Term> Terms)
    {
        // Only a set without faults has unique names, which its look-ups rest on.
        public RuleSet Build() => new(Name, Version, Title, Source, Hash, Base, Terms);
    }

    private static Draft ReadRuleSet(JsonFields fields, string hash, TestCatalogue? catalogue, Func<string, RuleSet?> published)
    {
        var id = fields.RequiredText("id");
        if (!RuleSetReference.IsName(id))
        {
            fields.Fault("id may hold a-z, 0-9, \".\" and \"-\", at most 64 of them");
        }

        var version = fields.Whole("version") ?? 1;
        if (version is < 1 or > RuleSetReference.MaximumVersion)
        {
            fields.Fault($"version must be 1 to {RuleSetReference.MaximumVersion}");
        }

        var title = fields.RequiredText("title");
        var source = fields.RequiredText("source");
        var extended = ReadExtends(fields, id, version, published);
        var removed = ReadRemoved(fields, extended);
        var terms = fields.List("terms", required: removed.Count == 0).Select(t => ReadTerm(new JsonFields(t, "a term", fields.Faults), catalogue)).ToList();
        fields.NoOthers();
        return new Draft(id, version, title, source, hash, extended, Merge(extended, terms, removed, fields));
    }

    private static Term ReadTerm(JsonFields fields, TestCatalogue? catalogue)
    {
        var name = fields.RequiredText("term");
        fields.Place = name.Length == 0 ? fields.Place : name;
        var soc = fields.RequiredText("soc");
        var definition = fields.RequiredText("definition");
        _ = fields.RequiredText("direction");
        var direction = fields.Word("direction", Directions) ?? ToxicityDirection.High;
        var codes = fields.Texts("tests", required: true);
        var fasting = fields.Flag("fasting");
        var criteria = fields.List("criteria", required: true).Select(c => ReadCriterion(new JsonFields(c, $"{name} / a criterion", fields.Faults), name)).ToList();
        fields.NoOthers();
        return new Term(name, direction, codes, criteria, new TestUnits(codes, catalogue))
        {
            SystemOrganClass = soc,
            Definition = definition,
            Fasting = fasting,
        };
    }

    private static Criterion ReadCriterion(JsonFields fields, string term)
    {
        var id = fields.RequiredText("id");
        fields.Place = id.Length == 0 ? fields.Place : $"{term} / {id}";
        var unit = fields.Text("unit");
        var anyUnit = fields.Flag("anyUnit") ?? false;
        var system = fields.Word("system", Systems);
        if (unit is not null && anyUnit)
        {
            fields.Fault("unit and anyUnit exclude each other");
        }

        if (unit is not null != system is not null)
        {
            fields.Fault(unit is null ? "system without unit" : "unit without system");
        }

        var population = fields.Object("population") is { } whom ? ReadPopulation(whom) : null;
        var grades = ReadGrades(fields);
        var criterion = new Criterion(id, unit, system, population, grades)
        {
            NotGraded = fields.Object("notGraded") is { } notGraded ? ReadNotGraded(notGraded) : null,
            Assumes = fields.Texts("assumes", required: false),
            Note = fields.Text("note"),
        };
        if (grades.Count == 0 && criterion.NotGraded is null)
        {
            fields.Fault("no grades");
        }

        if (unit is null && !anyUnit && AllThresholds(criterion).Any(t => t.NeedsUnit))
        {
            fields.Fault("has absolute numbers but no unit (say anyUnit where they need none)");
        }

        fields.NoOthers();
        return criterion;
    }

    private static List<GradeRule> ReadGrades(JsonFields criterion)
    {
        var rules = new List<GradeRule>();
        foreach (var element in criterion.List("grades", required: false))
        {
            var fields = new JsonFields(element, $"{criterion.Place} / a grade", criterion.Faults);
            var grade = fields.Whole("grade");
            if (grade is < 1 or > 4 or null)
            {
                fields.Fault("grade must be 1 to 4");
                continue;
            }

            fields.Place = $"{criterion.Place} / grade {grade}";
            if (rules.Count > 0 && rules[^1].Grade >= grade)
            {
                fields.Fault(rules.Exists(r => r.Grade == grade) ? "given twice" : "grades must rise");
                continue;
            }

            rules.Add(ReadGrade(fields, grade.Value));
        }

        return rules;
    }

    private static GradeRule ReadGrade(JsonFields fields, int grade)
    {
        var text = fields.RequiredText("text");
        var basis = fields.Word("basis", Bases) ?? GradeBasis.Value;
        var when = fields.List("when", required: basis == GradeBasis.Value).Select(a => ReadAlternative(new JsonFields(a, fields.Place, fields.Faults))).ToList();
        if (basis != GradeBasis.Value && when.Count > 0)
        {
            fields.Fault("has conditions although it is not decided by value");
        }

        fields.NoOthers();
        return new GradeRule(grade, text, basis, when);
    }

    private static NotGradedRule ReadNotGraded(JsonFields fields)
    {
        fields.Place += " / not graded";
        var rule = new NotGradedRule(
            fields.RequiredText("text"),
            [.. fields.List("when", required: false).Select(a => ReadAlternative(new JsonFields(a, fields.Place, fields.Faults)))]);
        fields.NoOthers();
        return rule;
    }

    private static IEnumerable<Threshold> AllThresholds(Criterion criterion) => criterion.Grades.SelectMany(g => g.When)
        .Concat(criterion.NotGraded?.When ?? [])
        .SelectMany(a => a.Conditions).OfType<ValueCondition>().Select(c => c.Than);
}
