using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

/// <summary>
/// Brings grades up to date with results: takes up what arrived, grades the touched series whole, writes what differs.
/// Safe to run again at any time and to be killed anywhere: what is not committed is still pending. Several servers may run it on one
/// database at once: each grades the shares of subjects that it has claimed.
/// </summary>
public sealed partial class GradingRun(
    Database database, StudyStore studies, SeriesStore series, GradeStore grades, RuleSetStore ruleSets,
    CurrentCatalogue catalogue, DerivationRun derivation, GradingShares shares) : IDisposable
{
    // One pass derives everything there is of what is on file; the second finds nothing, unless more has arrived.
    private const int MostPasses = 3;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Whether anything waits for grading.</summary>
    public Task<bool> HasPending(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(series.HasPending());
    }

    /// <summary>Whether a run is under way in this process.</summary>
    public bool IsRunning => _one.CurrentCount == 0;

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

    // One server at a time; who comes second finds done what the first has taken up. Taken for dead, it begins again: nothing of what
    // it had read was written.
    private async Task<long> TakeUpAndDerive(
        IEnumerable<Study> graded, bool all, Action<GradingCounts> report, CancellationToken cancellation)
    {
        while (true)
        {
            var claim = await shares.ClaimOne(GradingShares.Intake, cancellation).ConfigureAwait(false);
            try
            {
                return await TakeUpAndDerive(claim, graded, all, report, cancellation).ConfigureAwait(false);
            }
            catch (ShareLostException)
            {
                continue;
            }
            finally
            {
                await shares.GiveBack([claim], CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // Derived results are results and are taken up, with whatever else arrived meanwhile, so it goes on until none are appended,
    // but not for ever where results keep arriving: those are the next run's. Returns the newest mark that was there before the
    // last look: what is marked behind it (a subject changed meanwhile) has not been derived for, and stays pending whether or not
    // it is graded.
    private async Task<long> TakeUpAndDerive(
        ShareClaim claim, IEnumerable<Study> graded, bool all, Action<GradingCounts> report, CancellationToken cancellation)
    {
        long? after = all ? null : -1;
        for (var pass = 1; ; pass++)
        {
            await TakeUp(claim, report, cancellation).ConfigureAwait(false);
            var seen = series.LastMark();
            var appended = 0;
            foreach (var study in graded)
            {
                appended += await derivation.Run(study, after, claim, cancellation).ConfigureAwait(false);
            }

            if (appended == 0)
            {
                return seen;
            }

            if (pass == MostPasses)
            {
                await TakeUp(claim, report, cancellation).ConfigureAwait(false);
                return seen;
            }

            after = seen;
        }
    }

    private async Task TakeUp(ShareClaim claim, Action<GradingCounts> report, CancellationToken cancellation)
    {
        TakenUp taken;
        do
        {
            taken = await series.TakeUp(claim, cancellation).ConfigureAwait(false);
            report(new GradingCounts { Results = taken.Results });
        }
        while (taken.IsMore);
    }

    // Looked up only when the run has its turn, so that a study's newest rule sets count.
    private IEnumerable<Study> AllStudies(string? studyId)
    {
        var found = studyId is null ? studies.All() : studies.Find(studyId) is { } one ? [one] : [];
        foreach (var study in found)
        {
            yield return study;
        }
    }
}
