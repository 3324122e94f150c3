using System.Globalization;
using LabServer.Api;
using LabServer.Api.V1;

namespace LabServer.Benchmarks.Support;

/// <summary>
/// A study of plain size: subjects of two arms, forty tests, a visit every two weeks, of which each subject misses one. The
/// same rows at every run. Results come in the order of time, across subjects, as laboratories send them.
/// </summary>
/// <param name="Subjects">Subjects.</param>
/// <param name="Visits">Visits planned, the first at the day of the first dose; each subject comes to all but one.</param>
internal sealed record SyntheticStudy(int Subjects, int Visits)
{
    private const int BatchSize = 500;
    private const int DaysBetweenVisits = 14;

    // Past the draws of visits.
    private const int ReportDraw = 900;

    private static readonly DateOnly FirstDose = new(2022, 1, 3);

    /// <summary>STUDYID of the study where there is only one; subjects are called by it in any.</summary>
    public static string StudyId => "BENCH-1";

    /// <summary>STUDYID; default <see cref="StudyId"/>.</summary>
    public string Id { get; init; } = StudyId;

    /// <summary>Arms, half of the subjects each.</summary>
    public static IReadOnlyList<string> Arms { get; } = ["Active", "Placebo"];

    /// <summary>Results it has.</summary>
    public long Results => (long)Subjects * (Visits - 1) * MeasuredTest.All.Count;

    /// <summary>Clinical events that are reported of each subject, as terms and classes.</summary>
    private static IReadOnlyList<(string Term, string Class)> Clinical { get; } =
        [("Cough", "Respiratory, thoracic and mediastinal disorders"), ("Headache", "Nervous system disorders"), ("Rash", "Skin and subcutaneous tissue disorders")];

    /// <summary>The planned visits.</summary>
    public IEnumerable<VisitWindow> Windows => Enumerable.Range(0, Visits).Select(visit =>
    {
        var day = (visit * DaysBetweenVisits) + 1;
        return new VisitWindow
        {
            Visit = VisitName(visit),
            VisitNumber = VisitNumber(visit),
            FirstDay = visit == 0 ? -DaysBetweenVisits : day - (DaysBetweenVisits / 2) + 1,
            LastDay = day + (DaysBetweenVisits / 2),
            TargetDay = day,
        };
    });

    /// <summary>The name of a visit; 0 is the baseline.</summary>
    public static string VisitName(int visit) => visit == 0 ? "Baseline" : string.Create(CultureInfo.InvariantCulture, $"Week {visit * DaysBetweenVisits / 7}");

    /// <summary>The subjects.</summary>
    public IEnumerable<Subject> AllSubjects() => Enumerable.Range(0, Subjects).Select(i => new Subject
    {
        SubjectId = SubjectId(i),
        Arm = Arms[i % Arms.Count],
        Sex = i % 3 == 0 ? Sex.Female : Sex.Male,
        BirthDate = "1968-05-17",
        SiteId = string.Create(CultureInfo.InvariantCulture, $"S{i % 7}"),
        FirstDoseAt = "2022-01-03T10:00",
    });

    /// <summary>The clinical events that people report.</summary>
    public IEnumerable<EventReport> AllReports() => Enumerable.Range(0, Subjects).SelectMany(subject => Clinical.Select((clinical, i) => new EventReport
    {
        SubjectId = SubjectId(subject),
        ReportId = string.Create(CultureInfo.InvariantCulture, $"{subject:0000}-{i}"),
        ReportedTerm = clinical.Term,
        SystemOrganClass = clinical.Class,
        Onset = FirstDose.AddDays(1 + (int)(300 * Unit(subject, i, ReportDraw))).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Grade = 1 + (int)(4 * Unit(subject, i, ReportDraw + 1)),
        Serious = Unit(subject, i, ReportDraw + 2) < 0.2 ? YesNo.Yes : YesNo.No,
        Relatedness = Step(subject, i),
        Outcome = EventOutcome.Recovered,
    }));

    /// <summary>A relatedness, one of the five steps.</summary>
    public static Relatedness Step(int subject, int draw) => (Relatedness)(1 + (int)(5 * Unit(subject, draw, ReportDraw + 3)));

    /// <summary>The results in batches.</summary>
    public IAsyncEnumerable<ResultBatch> AllResults() => Batches(Enumerable.Range(0, Visits));

    /// <summary>Results of one more visit, behind those planned, to which every subject comes.</summary>
    public IAsyncEnumerable<ResultBatch> OneMoreVisit() => Batches([Visits]);

    /// <summary>USUBJID.</summary>
    public static string SubjectId(int i) => string.Create(CultureInfo.InvariantCulture, $"{StudyId}-{i:0000}");

    private async IAsyncEnumerable<ResultBatch> Batches(IEnumerable<int> visits)
    {
        await Task.CompletedTask;
        foreach (var visit in visits)
        {
            foreach (var chunk in AtVisit(visit).Chunk(BatchSize))
            {
                yield return new ResultBatch(Id, "central", chunk);
            }
        }
    }

    private IEnumerable<LabResult> AtVisit(int visit)
    {
        var date = FirstDose.AddDays(visit * DaysBetweenVisits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var subject = 0; subject < Subjects; subject++)
        {
            if (visit < Visits && visit == 1 + (subject % (Visits - 1)))
            {
                continue;
            }

            for (var test = 0; test < MeasuredTest.All.Count; test++)
            {
                yield return Result(visit, subject, test, date);
            }
        }
    }

    private static LabResult Result(int visit, int subject, int test, string date)
    {
        var measured = MeasuredTest.All[test];
        var result = new LabResult
        {
            SourceResultId = string.Create(CultureInfo.InvariantCulture, $"{subject:0000}-{visit:00}-{measured.Code}"),
            SubjectId = SubjectId(subject),
            TestCode = measured.Code,
            CollectedAt = date + "T08:00",
            Visit = VisitName(visit),
            VisitNumber = VisitNumber(visit),
        };
        if (measured.Words.Count > 0)
        {
            result.ReportedValue = measured.Words[(int)(measured.Words.Count * Unit(subject, test, visit))];
            return result;
        }

        var spread = measured.Typical * (0.7 + (0.6 * Unit(subject, test, 0)));
        // Now and then far out, so that there are events of every grade.
        var factor = Unit(subject, test, (visit * 2) + 1) > 0.985 ? 0.3 + (4 * Unit(subject, test, (visit * 2) + 2)) : 0.85 + (0.3 * Unit(subject, test, (visit * 2) + 2));
        result.ReportedValue = (spread * factor).ToString("F" + measured.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        result.ReportedUnit = measured.Unit;
        result.ReferenceLow = measured.Low.ToString(CultureInfo.InvariantCulture);
        result.ReferenceHigh = measured.High.ToString(CultureInfo.InvariantCulture);
        return result;
    }

    private static string VisitNumber(int visit) => (visit + 1).ToString(CultureInfo.InvariantCulture);

    // From 0 to 1, the same for the same place at every run: SplitMix64 over the place.
    private static double Unit(int subject, int test, int draw)
    {
        var state = (((ulong)subject * 1_000) + (ulong)test) * 1_000 + (ulong)draw;
        state = (state + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return ((state ^ (state >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
