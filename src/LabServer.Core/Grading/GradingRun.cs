using LabServer.Core.Audit;
using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

/// <summary>
/// Brings grades up to date with results: takes up what arrived, grades the touched series whole, writes what differs.
/// Safe to run again at any time and to be killed anywhere: what is not committed is still pending.
/// </summary>
public sealed class GradingRun(
    Database database, StudyStore studies, SubjectStore subjects, SeriesStore series, GradeStore grades, RuleSetStore ruleSets,
    CurrentCatalogue catalogue, DerivationRun derivation) : IDisposable
{
    // A chunk is one transaction: large enough to share a commit, small enough that ingestion does not wait for it.
    private const int SeriesInAChunk = 400;

    // One pass derives everything there is of what is on file; the second finds nothing, unless more has arrived.
    private const int MostPasses = 3;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Whether anything waits for grading.</summary>
    public Task<bool> HasPending(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(series.HasPending());
    }

    /// <summary>Takes up new results and grades what is pending.</summary>
    /// <param name="studyId">Grades the pending series of this study only; null: of all.</param>
    /// <param name="progress">Told at the start and after every transaction; the counts of the whole run so far.</param>
    /// <param name="cancellation">Stops between two transactions.</param>
    public Task<GradingCounts> RunIncremental(string? studyId, Action<GradingCounts> progress, CancellationToken cancellation) =>
        Run("grading", AllStudies(studyId), all: false, progress, cancellation);

    /// <summary>
    /// Takes up new results and grades every series of the study again. Where nothing changed it writes nothing, and
    /// <see cref="GradingCounts.Differences"/> is what the incremental runs had not brought up to date.
    /// </summary>
    /// <inheritdoc cref="RunIncremental"/>
    public Task<GradingCounts> RunFull(string studyId, Action<GradingCounts> progress, CancellationToken cancellation) =>
        Run("grading full", AllStudies(studyId), all: true, progress, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private Task<GradingCounts> Run(
        string span, IEnumerable<Study> graded, bool all, Action<GradingCounts> progress, CancellationToken cancellation) =>
        Telemetry.Within(span, async activity =>
        {
            var counts = await Run(graded, all, progress, cancellation).ConfigureAwait(false);
            activity?.SetTag("labserver.results", counts.Results).SetTag("labserver.series", counts.Series);
            return counts;
        });

    private async Task<GradingCounts> Run(
        IEnumerable<Study> graded, bool all, Action<GradingCounts> progress, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var counts = default(GradingCounts);
            void Report(GradingCounts more)
            {
                counts += more;
                progress(counts);
            }

            Report(default);
            var seen = await TakeUpAndDerive(graded, all, Report, cancellation).ConfigureAwait(false);
            foreach (var study in graded)
            {
                await Grade(study, all, seen, Report, cancellation).ConfigureAwait(false);
            }

            return counts;
        }
        finally
        {
            _one.Release();
        }
    }

    // Derived results are results and are taken up, with whatever else arrived meanwhile, so it goes on until none are appended,
    // but not for ever where results keep arriving: those are the next run's. Returns the newest mark that was there before the
    // last look: what is marked behind it (a subject changed meanwhile) has not been derived for, and stays pending whether or not
    // it is graded.
    private async Task<long> TakeUpAndDerive(
        IEnumerable<Study> graded, bool all, Action<GradingCounts> report, CancellationToken cancellation)
    {
        long? after = all ? null : -1;
        for (var pass = 1; ; pass++)
        {
            await TakeUp(report, cancellation).ConfigureAwait(false);
            var seen = series.LastMark();
            var appended = 0;
            foreach (var study in graded)
            {
                appended += await derivation.Run(study, after, cancellation).ConfigureAwait(false);
            }

            if (appended == 0)
            {
                return seen;
            }

            if (pass == MostPasses)
            {
                await TakeUp(report, cancellation).ConfigureAwait(false);
                return seen;
            }

            after = seen;
        }
    }

    private async Task TakeUp(Action<GradingCounts> report, CancellationToken cancellation)
    {
        TakenUp taken;
        do
        {
            taken = await series.TakeUp(cancellation).ConfigureAwait(false);
            report(new GradingCounts { Results = taken.Results });
        }
        while (taken.IsMore);
    }

    private async Task Grade(Study study, bool all, long seen, Action<GradingCounts> report, CancellationToken cancellation)
    {
        var pending = all ? series.Subjects(study.StudyKey) : series.PendingSubjects(study.StudyKey);
        if (pending.Count == 0)
        {
            return;
        }

        report(new GradingCounts { SeriesTotal = pending.Sum(subject => subject.Series) });
        var context = new StudyContext(
            study,
            subjects.All(study.StudyKey).ToDictionary(subject => subject.SubjectKey),
            series.TestNames().ToDictionary(row => row.Key, row => catalogue.Value.FindKey(row.Value)),
            [.. study.RuleSets.Select(id => ruleSets.RuleSets[id])]);

        // While one chunk is written the next is read and graded: a subject is in one of them only.
        var writing = Task.CompletedTask;
        try
        {
            foreach (var chunk in Chunks(pending))
            {
                cancellation.ThrowIfCancellationRequested();
                var graded = Grade(context, chunk, all, seen);
                await writing.ConfigureAwait(false);
                writing = Write(context.Study, graded, report, cancellation);
            }
        }
        finally
        {
            await writing.ConfigureAwait(false);
        }
    }

    private List<GradedSeries> Grade(StudyContext context, List<SubjectSeries> chunk, bool all, long seen)
    {
        var graded = new List<GradedSeries>();
        using (var connection = database.Read())
        using (var reader = new SeriesReader(database, connection))
        {
            var read = chunk.Select(entry => (Subject: context.Subjects[entry.SubjectKey], Series: SeriesStore.Read(connection, reader, entry.SubjectKey, all)))
                .ToList();

            // After the marks: ranges that are put in force from here on leave marks that this chunk does not clear.
            context.Ranges = ReferenceRangeStore.InForce(connection, null, context.Study.StudyKey, context.Ranges);
            foreach (var (subject, series) in read)
            {
                var facts = SeriesSubject.Of(subject, context.Study);
                foreach (var row in series)
                {
                    var test = context.Tests[row.TestKey]
                        ?? throw new InvalidOperationException($"Test key {row.TestKey} is on file and not in the catalogue.");
                    var prepared = row with
                    {
                        Mark = row.Mark <= seen ? row.Mark : null,
                        Observations = SeriesPreparation.Prepare(row.Observations, facts, test, context.Ranges),
                    };
                    var found = Grade(context, prepared, facts, test);
                    graded.Add(new GradedSeries(
                        subject, prepared, found, SeriesFlags.Find(prepared.Observations, test), SeriesExtremes.Of(prepared.Observations, found, test)));
                }
            }
        }

        return graded;
    }

    private async Task Write(Study study, List<GradedSeries> graded, Action<GradingCounts> report, CancellationToken cancellation)
    {
        var differences = await database.Writer.Run(
            session =>
            {
                var flagged = 0;
                var changed = graded.Sum(entry =>
                {
                    flagged += FlagStore.Write(session, entry.Series, entry.Flags) ? 1 : 0;
                    grades.WriteExtremes(session, entry.Series, entry.Extremes);
                    return grades.Write(session, study, entry.Subject.SubjectId, entry.Series, entry.Grades);
                });
                Note(session, study, graded.Count, changed, flagged);
                return changed;
            },
            rows: graded.Sum(entry => entry.Series.Observations.Count),
            cancellation).ConfigureAwait(false);
        report(new GradingCounts(
            Results: 0,
            SeriesTotal: 0,
            Series: graded.Count,
            Grades: graded.Sum(entry => entry.Grades.Terms.Sum(term => (long)term.Outcomes.Count(TermGrades.IsGrade))),
            Events: graded.Sum(entry => entry.Grades.Terms.Sum(term => (long)term.Events.Count)),
            differences));
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

    // Looked up only when the run has its turn, so that a study's newest rule sets count.
    private IEnumerable<Study> AllStudies(string? studyId)
    {
        var found = studyId is null ? studies.All() : studies.Find(studyId) is { } one ? [one] : [];
        foreach (var study in found)
        {
            yield return study;
        }
    }

    private static IEnumerable<List<SubjectSeries>> Chunks(IEnumerable<SubjectSeries> subjects)
    {
        var (chunk, inChunk) = (new List<SubjectSeries>(), 0L);
        foreach (var subject in subjects)
        {
            chunk.Add(subject);
            inChunk += subject.Series;
            if (inChunk >= SeriesInAChunk)
            {
                yield return chunk;
                (chunk, inChunk) = ([], 0);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    private readonly record struct GradedSeries(
        Subject Subject, SeriesRow Series, SeriesGrades Grades, IReadOnlyList<SeriesFlag> Flags, SeriesExtremes? Extremes);

    private sealed record StudyContext(
        Study Study,
        Dictionary<long, Subject> Subjects,
        Dictionary<long, TestDefinition?> Tests,
        IReadOnlyList<RuleSet> RuleSets)
    {
        public StudyRanges? Ranges { get; set; }
    }
}
