using LabServer.Core.Audit;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>
/// How each job ended last, by study: kept beside the history, which is long. That is read through once; then only what is newer than
/// the runs that had all ended.
/// </summary>
internal sealed class LatestRuns
{
    private readonly JobRunStore _runs;
    private readonly Dictionary<(string Job, string StudyId), JobRunState> _ended = [];
    private readonly Lock _gate = new();
    private long? _settled;
    private long _changes;
    private long _read;

    public LatestRuns(JobRunStore runs, Database database)
    {
        _runs = runs;
        // A run of another server: it is read when somebody asks.
        database.Copies.Add((_, _) => NoteEnd, AuditAction.JobEnded);
    }

    /// <summary>Whether the last run that ended by itself failed. One that was interrupted says nothing: it is fired again.</summary>
    public bool HasFailed(string job, string studyId)
    {
        lock (_gate)
        {
            Read();
            return _ended.GetValueOrDefault((job, studyId)) == JobRunState.Failed;
        }
    }

    /// <summary>Notes that a run has ended.</summary>
    public void NoteEnd() => Interlocked.Increment(ref _changes);

    private void Read()
    {
        var changes = Interlocked.Read(ref _changes);
        if (_settled is not { } settled)
        {
            // The key first: what ends between the two is read once more.
            settled = _runs.Settled();
            Take(_runs.LastEnded());
        }
        else if (changes != _read)
        {
            var news = _runs.After(settled);
            Take(news);
            settled = news.FirstOrDefault(run => !run.HasEnded) is { } open ? open.RunKey - 1 : news is [.., var last] ? last.RunKey : settled;
        }

        (_settled, _read) = (settled, changes);
    }

    // Oldest first: the newest stays.
    private void Take(IReadOnlyList<JobRun> runs)
    {
        foreach (var run in runs.Where(run => run.State is JobRunState.Succeeded or JobRunState.Failed))
        {
            _ended[(run.Job, run.StudyId)] = run.State;
        }
    }
}
