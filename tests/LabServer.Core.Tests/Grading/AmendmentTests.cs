using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>
/// What becomes of a grade and its event when a laboratory sends a result again. One result of ALT (or AST), range 5 to
/// 40 U/L, normal at baseline, first dose on 1 March; CTCAE 5.0: over 40 is grade 1, over 120 grade 2, over 200 grade 3.
/// </summary>
public sealed class AmendmentTests
{
    private const string Grades = """
        SELECT s.subject_id AS Subject, t.test AS Test, r.collected_at AS CollectedAt, g.grade AS Grade, g.reason AS Reason, g.marks AS Marks
        FROM grade g
        JOIN result r ON r.result_key = g.result_key
        JOIN subject s ON s.subject_key = g.subject_key
        JOIN test t ON t.test_key = g.test_key
        WHERE r.source_result_id = 'd'
        """;

    [Theory]
    // What happens; the versions sent: value, and where it says so status, (on) date, (of) subject, (as) test; what is on file after each.
    [InlineData("raised", "50 | 210 corrected", "01 ALT 2021-03-05 grade 1, event 1 | 01 ALT 2021-03-05 grade 3, event 3")]
    [InlineData("lowered", "210 | 50 corrected", "01 ALT 2021-03-05 grade 3, event 3 | 01 ALT 2021-03-05 grade 1, event 1")]
    [InlineData("removed", "210 | 30 corrected", "01 ALT 2021-03-05 grade 3, event 3 | 01 ALT 2021-03-05 grade 0, no event")]
    [InlineData("appears", "30 | 130 corrected", "01 ALT 2021-03-05 grade 0, no event | 01 ALT 2021-03-05 grade 2, event 2")]
    [InlineData("preliminary confirmed", "210 preliminary | 210 final", "01 ALT 2021-03-05 grade 3 preliminary, event 3 | 01 ALT 2021-03-05 grade 3, event 3")]
    [InlineData("preliminary lowered", "210 preliminary | 50 final", "01 ALT 2021-03-05 grade 3 preliminary, event 3 | 01 ALT 2021-03-05 grade 1, event 1")]
    [InlineData("preliminary cancelled", "210 preliminary | cancelled", "01 ALT 2021-03-05 grade 3 preliminary, event 3 | none")]
    [InlineData("final cancelled", "210 | cancelled", "01 ALT 2021-03-05 grade 3, event 3 | none")]
    [InlineData("reinstated", "210 | cancelled | 210 final", "01 ALT 2021-03-05 grade 3, event 3 | none | 01 ALT 2021-03-05 grade 3, event 3")]
    [InlineData("reinstated lower", "210 | cancelled | 50 corrected", "01 ALT 2021-03-05 grade 3, event 3 | none | 01 ALT 2021-03-05 grade 1, event 1")]
    [InlineData("cancelled from the start", "cancelled | 50 final", "none | 01 ALT 2021-03-05 grade 1, event 1")]
    [InlineData("later date", "210 | 210 corrected on 2021-03-12", "01 ALT 2021-03-05 grade 3, event 3 | 01 ALT 2021-03-12 grade 3, event 3")]
    [InlineData("date before the dose", "210 | 210 corrected on 2021-02-20", "01 ALT 2021-03-05 grade 3, event 3 | 01 ALT 2021-02-20 grade 3, no event")]
    [InlineData("another subject", "210 | 210 corrected of 02", "01 ALT 2021-03-05 grade 3, event 3 | 02 ALT 2021-03-05 grade 3, event 3")]
    [InlineData("another test", "210 | 210 corrected as AST", "01 ALT 2021-03-05 grade 3, event 3 | 01 AST 2021-03-05 grade 3, event 3")]
    [InlineData("subject, test and date at once", "210 | 130 corrected of 02 as AST on 2021-03-09", "01 ALT 2021-03-05 grade 3, event 3 | 02 AST 2021-03-09 grade 2, event 2")]
    [InlineData("number to text", "210 | QNS corrected", "01 ALT 2021-03-05 grade 3, event 3 | 01 ALT 2021-03-05 VALUE_IS_TEXT, no event")]
    [InlineData("text to number", "PENDING preliminary | 210 final", "01 ALT 2021-03-05 VALUE_IS_TEXT preliminary, no event | 01 ALT 2021-03-05 grade 3, event 3")]
    [InlineData("number to bound", "50 | >210 corrected", "01 ALT 2021-03-05 grade 1, event 1 | 01 ALT 2021-03-05 grade 3 at least, event 3")]
    public async Task Amendment_OfAResult_TakesGradeAndEventWithIt(string what, string versions, string states)
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Register("02");
        foreach (var (subject, test) in new[] { ("01", "ALT"), ("01", "AST"), ("02", "ALT"), ("02", "AST") })
        {
            await study.Push(Alt($"b-{subject}-{test}", "30", "2021-02-28", subject) with { TestCode = test });
        }

        var found = new List<string>();
        foreach (var (text, version) in versions.Split(" | ").Select((text, index) => (text, index + 1)))
        {
            await study.Push(Version(text.Split(' '), version));
            await study.Grade();
            found.Add(State(study));
            Assert.Equal(0, (await study.GradeFully()).Differences);
        }

        Assert.True(states == string.Join(" | ", found), $"{what}: {string.Join(" | ", found)}");
    }

    [Theory]
    [InlineData("50 | 210 corrected")]
    [InlineData("210 preliminary | 50 final")]
    [InlineData("210 | 210 corrected on 2021-03-12")]
    [InlineData("210 | cancelled | 130 corrected")]
    public async Task Event_OfAnAmendedResult_KeepsItsId(string versions)
    {
        await using var study = await Create();
        await study.Register("01");
        var ids = new HashSet<string>();
        foreach (var (text, version) in versions.Split(" | ").Select((text, index) => (text, index + 1)))
        {
            await study.Push(Version(text.Split(' '), version));
            await study.Grade();
            ids.UnionWith(study.AllEvents().Select(found => found.EventId));
        }

        Assert.Single(ids);
    }

    [Fact]
    public async Task Amendment_OfOneResultOfARun_ChangesTheWorstGradeAndMayEndIt()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("b", "30", "2021-02-28"), Alt("d", "50", "2021-03-05"), Alt("e", "210", "2021-03-08"), Alt("f", "130", "2021-03-12"));
        await study.Grade();
        Assert.Equal([("2021-03-05", null, 3)], study.AllEvents().Select(found => (found.Onset, found.EndedAt, found.WorstGrade)));

        await study.Push(Alt("e", "30", "2021-03-08", version: 2) with { Status = ResultStatus.Corrected });
        await study.Grade();

        Assert.Equal(
            [("2021-03-05", "2021-03-08", 1), ("2021-03-12", null, 2)],
            study.AllEvents().Select(found => (found.Onset, found.EndedAt, found.WorstGrade)));
    }

    [Fact]
    public async Task CodedAndTextResults_AreListedExportedAndNotGradable()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "POSITIVE", "2021-03-05"));
        await study.Grade();

        var row = Assert.Single(study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet));
        Assert.Equal(("POSITIVE", null, null, "VALUE_IS_TEXT", ""), (row.ValueText, row.Value, row.High.Grade, row.High.Reason, row.Grade));
        Assert.Equal([FlagKind.TextForNumber], row.Flags);
        Assert.Equal("POSITIVE", Assert.Single(study.Results.List(study.Study.StudyKey, "01", "ALT", true, 0, 10)).Result.ReportedValue);
        var reason = Assert.Single(study.Incidence().NotGradable);
        Assert.Equal((NotGradableReason.ValueIsText, 1), (reason.Reason, reason.Results));
    }

    private static LabResult Version(string[] words, int version)
    {
        var cancelled = words[0] == "cancelled";
        var result = Alt("d", cancelled ? "" : words[0], "2021-03-05", version: version);
        var status = cancelled ? "cancelled" : words.Length > 1 ? words[1] : "final";
        result = result with { Status = Enum.Parse<ResultStatus>(status, ignoreCase: true) };
        for (var i = 2; i + 1 < words.Length; i += 2)
        {
            result = words[i] switch
            {
                "on" => result with { CollectedAt = words[i + 1] },
                "of" => result with { SubjectId = words[i + 1] },
                "as" => result with { TestCode = words[i + 1] },
                _ => throw new ArgumentException(words[i]),
            };
        }

        return result;
    }

    private static string State(TestStudy study)
    {
        using var connection = study.Database.Read();
        var grades = connection.Query<Row>(Grades).ToList();
        var events = study.AllEvents();
        if (grades.Count == 0)
        {
            Assert.Empty(events);
            return "none";
        }

        var grade = Assert.Single(grades);
        var marks = (GradeMarks)grade.Marks;
        var outcome = grade.Grade is { } number ? $"grade {number}" : ((NotGradableReason)grade.Reason).Word();
        outcome += (marks.HasFlag(GradeMarks.AtLeast) ? " at least" : "") + (marks.HasFlag(GradeMarks.Preliminary) ? " preliminary" : "");
        var shown = events.Count == 0 ? "no event" : $"event {Assert.Single(events).WorstGrade}";
        Assert.All(events, found => Assert.Equal((grade.Subject, grade.CollectedAt), (found.SubjectId, found.Onset)));
        return $"{grade.Subject} {grade.Test} {grade.CollectedAt} {outcome}, {shown}";
    }

    private sealed record Row(string Subject, string Test, string CollectedAt, long? Grade, long Reason, long Marks);
}
