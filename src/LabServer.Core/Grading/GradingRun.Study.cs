using LabServer.Core.Audit;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

public sealed partial class GradingRun
{
    // A chunk is one transaction: large enough to share a commit, small enough that ingestion does not wait for it.
    private const int SeriesInAChunk = 400;

    private async Task Grade(Study study, bool all, long seen, Action<GradingCounts> report, CancellationToken cancellation)
    {
        var left = new SubjectsByShare(all ? series.Subjects(study.StudyKey) : series.PendingSubjects(study.StudyKey));
        if (left.IsEmpty)
        {
            return;
        }

        report(new GradingCounts { SeriesTotal = left.Series });
        var context = new StudyContext(study) { Tests = Tests() };
        while (!left.IsEmpty)
        {
            await GradeShares(context, left, all, seen, report, cancellation).ConfigureAwait(false);
            if (!left.IsEmpty)
            {
                // All that is left is with other servers, who may be done with it by the time they give it back, or may be dead.
                await shares.WaitForOthers(cancellation).ConfigureAwait(false);
                if (!all)
                {
                    left.Keep(series.PendingSubjects(study.StudyKey));
                }
            }
        }
    }

    // Grades what can be claimed, share by share, until the rest is with others.
    private async Task GradeShares(
        StudyContext context, SubjectsByShare left, bool all, long seen, Action<GradingCounts> report, CancellationToken cancellation)
    {
        var held = new HashSet<ShareClaim>();
        // While one chunk is written the next is read and graded: a subject is in one of them only.
        (Chunk Chunk, Task<bool> Written)? writing = null;
        try
        {
            foreach (var asked in left.Rounds(SeriesInAChunk))
            {
                var claims = await shares.TryClaim(asked, cancellation).ConfigureAwait(false);
                held.UnionWith(claims);
                foreach (var chunk in Chunks(claims, left))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var graded = Grade(context, chunk.Subjects, all, seen);
                    await Settle().ConfigureAwait(false);
                    writing = (chunk, Write(context.Study, chunk, graded, report, cancellation));
                }
            }
        }
        finally
        {
            try
            {
                await Settle().ConfigureAwait(false);
            }
            finally
            {
                await shares.GiveBack(held, CancellationToken.None).ConfigureAwait(false);
            }
        }

        async Task Settle()
        {
            if (writing is not var (chunk, written))
            {
                return;
            }

            writing = null;
            if (!await written.ConfigureAwait(false))
            {
                // Another server has one of the shares, or has had it: what it has not graded is claimed again. The others are held still.
                left.PutBack(chunk.Subjects);
            }
            else if (chunk.IsLast)
            {
                held.ExceptWith(chunk.Claims);
            }
        }
    }

    private List<GradedSeries> Grade(StudyContext context, List<SubjectSeries> chunk, bool all, long seen)
    {
        var graded = new List<GradedSeries>();
        using (var connection = database.Read())
        using (var reader = new SeriesReader(database, connection))
        {
            var read = chunk.Select(entry => (entry.SubjectKey, Series: SeriesStore.Read(connection, reader, entry.SubjectKey, all))).ToList();

            // After the marks, and for each chunk: what is changed from here on leaves marks that this chunk does not clear, and while
            // the share is ours nobody else does. What was read when the run began may have been graded anew, and cleared, since.
            context.Study = StudyStore.Find(connection, null, context.Study.StudyId)!;
            context.RuleSets = ruleSets.Of(context.Study);
            var ranges = context.Ranges = ReferenceRangeStore.InForce(connection, null, context.Study.StudyKey, context.Ranges);
            foreach (var (subjectKey, series) in read)
            {
                var subject = SubjectStore.Facts(connection, context.Study.StudyKey, subjectKey);
                var facts = SeriesSubject.Of(subject, context.Study);
                foreach (var row in series)
                {
                    var test = Test(context, row.TestKey);
                    var prepared = row with
                    {
                        Mark = row.Mark <= seen ? row.Mark : null,
                        Observations = SeriesPreparation.Prepare(row.Observations, facts, test, ranges),
                    };
                    var found = Grade(context, prepared, facts, test);
                    graded.Add(new GradedSeries(
                        subject, prepared, found, SeriesFlags.Find(prepared.Observations, test), SeriesExtremes.Of(prepared.Observations, found, test)));
                }
            }
        }

        return graded;
    }

    private Dictionary<long, TestDefinition?> Tests() => series.TestNames().ToDictionary(row => row.Key, row => catalogue.Value.FindKey(row.Value));

    private TestDefinition Test(StudyContext context, long testKey)
    {
        if (!context.Tests.ContainsKey(testKey))
        {
            // Another server has taken up the first results of a test since.
            context.Tests = Tests();
        }

        return context.Tests[testKey] ?? throw new InvalidOperationException($"Test key {testKey} is on file and not in the catalogue.");
    }

    // False: a claim was lost, and nothing was written.
    private async Task<bool> Write(
        Study study, Chunk chunk, List<GradedSeries> graded, Action<GradingCounts> report, CancellationToken cancellation)
    {
        long differences;
        try
        {
            differences = await database.Writer.Run(
                session => Write(session, study, chunk, graded),
                rows: graded.Sum(entry => entry.Series.Observations.Count),
                cancellation).ConfigureAwait(false);
        }
        catch (ShareLostException)
        {
            return false;
        }

        report(new GradingCounts(
            Results: 0,
            SeriesTotal: 0,
            Series: graded.Count,
            Grades: graded.Sum(entry => entry.Grades.Terms.Sum(term => (long)term.Outcomes.Count(TermGrades.IsGrade))),
            Events: graded.Sum(entry => entry.Grades.Terms.Sum(term => (long)term.Events.Count)),
            differences));
        return true;
    }

    private long Write(WriteSession session, Study study, Chunk chunk, List<GradedSeries> graded)
    {
        foreach (var claim in chunk.Claims)
        {
            GradingShares.Require(session, claim);
        }

        var flagged = 0;
        var changed = graded.Sum(entry =>
        {
            flagged += FlagStore.Write(session, entry.Series, entry.Flags) ? 1 : 0;
            grades.WriteExtremes(session, entry.Series, entry.Extremes);
            return grades.Write(session, study, entry.Subject.SubjectId, entry.Series, entry.Grades);
        });
        Note(session, study, graded.Count, changed, flagged);
        if (chunk.IsLast)
        {
            GradingShares.GiveBack(session, chunk.Claims);
        }

        return changed;
    }

    // Of every transaction that changes something, and not once a run: a run that is killed leaves none without an entry.
    private static void Note(WriteSession session, Study study, int series, long differences, int flagged)
    {
        if (differences + flagged > 0)
        {
            AuditTrail.Append(session, AuditEntry.Of(Author.Server, AuditAction.GradesChanged, study.StudyId) with
            {
                After = AuditJson.Write(new { Series = series, Differences = differences, Flagged = flagged, study.RuleSets }),
            });
        }
    }

    private static SeriesGrades Grade(StudyContext context, SeriesRow row, SeriesSubject subject, TestDefinition test) =>
        SeriesGrader.Grade(row.Observations, subject, test, [.. context.RuleSets.SelectMany(set => set.TermsOf(test.Key))]);

    // Of all shares that were claimed together, so that what few of them hold shares a commit.
    private static IEnumerable<Chunk> Chunks(IReadOnlyList<ShareClaim> claims, SubjectsByShare left)
    {
        var subjects = claims.SelectMany(claim => left.Take(claim.Share)).ToList();
        var (first, inChunk) = (0, 0L);
        for (var i = 0; i < subjects.Count; i++)
        {
            inChunk += subjects[i].Series;
            var isLast = i == subjects.Count - 1;
            if (inChunk >= SeriesInAChunk || isLast)
            {
                yield return new Chunk(claims, subjects[first..(i + 1)], isLast);
                (first, inChunk) = (i + 1, 0);
            }
        }
    }

    /// <summary>Subjects that are graded and written together.</summary>
    /// <param name="Claims">The claims on their shares.</param>
    /// <param name="Subjects">The subjects.</param>
    /// <param name="IsLast">Whether it is the last one under these claims, which then gives them back.</param>
    private sealed record Chunk(IReadOnlyList<ShareClaim> Claims, List<SubjectSeries> Subjects, bool IsLast);

    private readonly record struct GradedSeries(
        Subject Subject, SeriesRow Series, SeriesGrades Grades, IReadOnlyList<SeriesFlag> Flags, SeriesExtremes? Extremes);

    // As the last chunk was graded.
    private sealed class StudyContext(Study study)
    {
        public Study Study { get; set; } = study;

        public IReadOnlyList<RuleSet> RuleSets { get; set; } = [];

        public StudyRanges? Ranges { get; set; }

        public required Dictionary<long, TestDefinition?> Tests { get; set; }
    }
}
