using Dapper;

namespace LabServer.Core.Storage;

/// <summary>Visits as laboratories sent them, by key, with a copy of what is committed in memory.</summary>
internal sealed class SentVisits
{
    private const string Select = "SELECT visit_key FROM sent_visit WHERE visit = @visit AND visit_number = @visitNumber";

    private const string Insert = "INSERT INTO sent_visit (visit, visit_number) VALUES (@visit, @visitNumber)";

    private readonly CommittedKeys<(string Visit, string Number)> _keys = new();

    /// <summary>The key of a visit, which is added when it is new. Null: neither a visit nor a number was sent.</summary>
    public long? KeyOf(WriteSession session, string visit, string visitNumber)
    {
        if (visit.Length == 0 && visitNumber.Length == 0)
        {
            return null;
        }

        if (_keys.TryGet(session, (visit, visitNumber), out var key))
        {
            return key;
        }

        var parameters = new { visit, visitNumber };
        var found = session.Connection.QuerySingleOrDefault<long?>(Select, parameters, session.Transaction);
        if (found is null)
        {
            session.Connection.Execute(Insert, parameters, session.Transaction);
            found = session.LastInsertedKey();
        }

        _keys.Add(session, (visit, visitNumber), found.Value);
        return found.Value;
    }
}
