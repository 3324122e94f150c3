using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Histories;

/// <summary>Reads what the product stored, and holds it against the model.</summary>
internal sealed class StoredGrades(TestStudy study, IReadOnlyList<ModelTerm> terms)
{
    private const string SelectGrades = """
        SELECT s.subject_id AS SubjectId, u.rule_set_id AS RuleSet, t.term AS Term, l.laboratory AS Laboratory, r.source_result_id AS Id,
               r.version AS Version, g.grade AS Grade, g.reason AS Reason, g.marks AS Marks,
               g.lower_limit AS Low, g.upper_limit AS High, g.range_source AS RangeSource,
               CASE WHEN b.result_key IS NOT NULL THEN CONCAT(bl.laboratory, '/', b.source_result_id) END AS Baseline
        FROM grade g
        JOIN subject s ON s.subject_key = g.subject_key
        JOIN term t ON t.term_key = g.term_key
        JOIN rule_set u ON u.rule_set_key = t.rule_set_key
        JOIN result r ON r.result_key = g.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        LEFT JOIN result b ON b.result_key = g.baseline_result_key
        LEFT JOIN laboratory bl ON bl.laboratory_key = b.laboratory_key
        """;

    private const string SelectEnds = """
        SELECT e.event_id AS EventId, CONCAT(l.laboratory, '/', r.source_result_id) AS Ended
        FROM adverse_event e JOIN result r ON r.result_key = e.end_result_key JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        """;

    private readonly HashSet<string> _terms = [.. terms.Select(term => term.ToString())];
    private readonly Dictionary<string, string> _eventIds = [];

    /// <summary>Every grade and event, as text, in order; events without their ids.</summary>
    public IReadOnlyList<string> All() =>
        [.. Grades().Concat(Events(Listed())).Select(entry => $"{entry.Key}: {entry.Value}").Order(StringComparer.Ordinal)];

    /// <summary>What differs in the grades, as text; null: nothing.</summary>
    public string? Difference(IReadOnlyList<ModelRow> expected) => Difference("grade", Grades(), expected.ToDictionary(
        row => $"{row.Result.Sent.SubjectId} / {row.Term} / {row.Result.Key}",
        row => $"v{row.Result.Sent.Version} {row.Grade}, baseline {row.Baseline?.Key}, range {row.Result.RangeSource} [{Limit(row.Result.Low)}, {Limit(row.Result.High)}], marks {Marks(row)}"));

    /// <summary>What differs in the events, their members and ids; null: nothing.</summary>
    public string? Difference(IReadOnlyList<(ModelEvent Event, string Anchor)> expected)
    {
        var listed = Listed();
        var difference = Difference("event", Events(listed), expected.ToDictionary(
            entry => $"{entry.Event.SubjectId} / {entry.Event.Term} / from {entry.Event.Members[0].Result.Key}",
            entry => $"{string.Join(", ", entry.Event.Members.Select(member => $"{member.Result.Key}: {member.Grade.Grade}"))}; worst {entry.Event.Worst}, baseline {entry.Event.BaselineGrade}, ended by {entry.Event.EndedBy?.Key} {entry.Event.Members[0].Result.Sent.CollectedAt} {entry.Event.EndedBy?.Sent.CollectedAt}"));
        return difference ?? IdDifference(listed, expected);
    }

    private Dictionary<string, string> Grades()
    {
        using var connection = study.Database.Read();
        return connection.Query<Row>(SelectGrades)
            .Where(row => _terms.Contains($"{Name(row.RuleSet)} / {row.Term}"))
            .ToDictionary(
                row => $"{row.SubjectId} / {Name(row.RuleSet)} / {row.Term} / {row.Laboratory}/{row.Id}",
                row => $"v{row.Version} {Outcome(row)}, baseline {row.Baseline}, range {(RangeSource)row.RangeSource} [{Limit(row.Low)}, {Limit(row.High)}], marks {row.Marks}");
    }

    private List<AdverseEvent> Listed() =>
        [.. study.Events.List(new AdverseEventQuery { StudyKey = study.Study.StudyKey, Take = int.MaxValue })
            .Where(found => _terms.Contains($"{Name(found.RuleSetId)} / {found.Term.Name}"))];

    private Dictionary<string, string> Events(List<AdverseEvent> listed)
    {
        using var connection = study.Database.Read();
        var ends = connection.Query<(string EventId, string Ended)>(SelectEnds).ToDictionary(row => row.EventId, row => row.Ended);
        return listed.ToDictionary(
            found => $"{found.SubjectId} / {Name(found.RuleSetId)} / {found.Term.Name} / from {Onset(found)}",
            found => $"{string.Join(", ", found.History.Select(point => $"{Key(point)}: {point.Grade}"))}; worst {found.WorstGrade}, baseline {found.BaselineGrade}, ended by {ends.GetValueOrDefault(found.EventId)} {found.Onset} {found.EndedAt}");
    }

    // Without the version.
    private static string Name(string ruleSetId) => ruleSetId.Split('@')[0];

    // An event that contains the result it was anchored to has the id it got then.
    private string? IdDifference(List<AdverseEvent> listed, IReadOnlyList<(ModelEvent Event, string Anchor)> expected)
    {
        var anchors = expected.ToDictionary(
            entry => $"{entry.Event.SubjectId} / {entry.Event.Term} / {entry.Event.Members[0].Result.Key}",
            entry => $"{entry.Event.SubjectId} / {entry.Event.Term} / {entry.Anchor}");
        foreach (var found in listed)
        {
            var anchor = anchors[$"{found.SubjectId} / {Name(found.RuleSetId)} / {found.Term.Name} / {Onset(found)}"];
            if (_eventIds.TryAdd(anchor, found.EventId) ? _eventIds.Values.Count(id => id == found.EventId) > 1 : _eventIds[anchor] != found.EventId)
            {
                return $"{anchor}: the event anchored there is {found.EventId}, not {_eventIds[anchor]}, or the id is another's";
            }
        }

        return null;
    }

    private static string Onset(AdverseEvent found) => found.History.Count == 0 ? "no result" : Key(found.History[0]);

    private static string Key(GradePoint point) => $"{point.Laboratory}/{point.SourceResultId}";

    private static string Outcome(Row row) => row.Grade is { } grade
        ? $"{(((GradeMarks)row.Marks).HasFlag(GradeMarks.AtLeast) ? "at least " : "")}{grade}"
        : ((NotGradableReason)row.Reason).Word();

    private static int Marks(ModelRow row) =>
        (int)((row.Grade.IsAtLeast ? GradeMarks.AtLeast : GradeMarks.None)
            | (row.Result.IsSpoiled && row.Grade.Grade is not null ? GradeMarks.SpoiledSpecimen : GradeMarks.None)
            | (row.Result.Sent.Status == ResultStatus.Preliminary ? GradeMarks.Preliminary : GradeMarks.None));

    private static string Limit(double? stored) => Limit((decimal?)stored);

    // To 12 digits: a quotient such as 5 / 60 is kept as a double, whose 15th digit as a decimal may be one off.
    private static string Limit(decimal? limit) => limit is { } number ? Digits.Text(Digits.Round(number, 12)) : "";

    private static string? Difference(string what, Dictionary<string, string> stored, Dictionary<string, string> expected)
    {
        foreach (var key in stored.Keys.Union(expected.Keys).Order(StringComparer.Ordinal))
        {
            var (has, must) = (stored.GetValueOrDefault(key, "nothing"), expected.GetValueOrDefault(key, "nothing"));
            if (has != must)
            {
                return $"{what} {key}\n  stored: {has}\n  model:  {must}";
            }
        }

        return null;
    }

    private sealed record Row
    {
        public string SubjectId { get; init; } = "";

        public string RuleSet { get; init; } = "";

        public string Term { get; init; } = "";

        public string Laboratory { get; init; } = "";

        public string Id { get; init; } = "";

        public long Version { get; init; }

        public long? Grade { get; init; }

        public long Reason { get; init; }

        public long Marks { get; init; }

        public double? Low { get; init; }

        public double? High { get; init; }

        public long RangeSource { get; init; }

        public string? Baseline { get; init; }
    }
}
