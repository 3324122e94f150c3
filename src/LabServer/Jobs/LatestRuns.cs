using System.Collections.Concurrent;
using LabServer.Core.Audit;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>How each job ended last, by study: kept beside the history, which is long and would have to be read through.</summary>
internal sealed class LatestRuns
{
    private readonly JobRunStore _runs;
    private readonly ConcurrentDictionary<(string Job, string StudyId), JobRunState> _ended = new();
    private readonly Lock _gate = new();
    private bool _isRead;

    public LatestRuns(JobRunStore runs, Database database)
    {
        _runs = runs;
        // A run of another server: the history is read when somebody asks.
        database.Copies.Add((_, _) => Forget, AuditAction.JobEnded);
    }

    /// <summary>Whether the last run that ended by itself failed. One that was interrupted says nothing: it is fired again.</summary>
    public bool HasFailed(string job, string studyId)
    {
        Read();
        return _ended.GetValueOrDefault((job, studyId)) == JobRunState.Failed;
    }

    /// <summary>Notes how a run ended.</summary>
    public void Note(string job, string studyId, JobRunState state)
    {
        if (state is JobRunState.Succeeded or JobRunState.Failed)
        {
            _ended[(job, studyId)] = state;
        }
    }

    private void Read()
    {
        lock (_gate)
        {
            if (!_isRead)
            {
                foreach (var run in _runs.LastEnded())
                {
                    // What was noted meanwhile is newer.
                    _ended.TryAdd((run.Job, run.StudyId), run.State);
                }

                _isRead = true;
            }
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _ended.Clear();
            _isRead = false;
        }
    }
}
