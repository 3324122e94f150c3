using System.Collections.Concurrent;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// Subject ids to keys, in memory, so that taking in a result costs no look-up in the database. Holds what is committed
/// and nothing else; what it does not know is asked of the database, in the transaction that needs it.
/// </summary>
public sealed class SubjectDirectory
{
    private const string SelectOne = "SELECT subject_key FROM subject WHERE study_key = @studyKey AND subject_id = @subjectId";

    private readonly ConcurrentDictionary<(long StudyKey, string SubjectId), long> _keys = new();

    /// <summary>Notes a committed subject.</summary>
    public void Add(long studyKey, string subjectId, long subjectKey) => _keys[(studyKey, subjectId)] = subjectKey;

    /// <summary>The subject's key, or null when the study has no such subject.</summary>
    public long? Find(WriteSession session, long studyKey, string subjectId)
    {
        if (_keys.TryGetValue((studyKey, subjectId), out var key))
        {
            return key;
        }

        var found = session.Connection.QuerySingleOrDefault<long?>(SelectOne, new { studyKey, subjectId }, session.Transaction);
        if (found is { } committed)
        {
            session.AfterCommit(() => Add(studyKey, subjectId, committed));
        }

        return found;
    }
}
