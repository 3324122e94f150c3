using Dapper;

namespace LabServer.Core.Storage;

/// <summary>A table of short names that rows refer to by key, with a copy of what is committed in memory.</summary>
internal sealed class KeyTable(string select, string insert)
{
    private readonly CommittedKeys<(long Scope, string Name)> _keys = new();

    /// <summary>Laboratories by study.</summary>
    public static KeyTable Laboratories() => new(
        "SELECT laboratory_key FROM laboratory WHERE study_key = @scope AND laboratory = @name",
        "INSERT INTO laboratory (study_key, laboratory) VALUES (@scope, @name)");

    /// <summary>Catalogue tests.</summary>
    public static KeyTable Tests() => new(
        "SELECT test_key FROM test WHERE test = @name", "INSERT INTO test (test) VALUES (@name)");

    /// <summary>Senders.</summary>
    public static KeyTable Senders() => new(
        "SELECT sender_key FROM sender WHERE sender = @name", "INSERT INTO sender (sender) VALUES (@name)");

    /// <summary>Units.</summary>
    public static KeyTable Units() => new(
        "SELECT unit_key FROM unit WHERE unit = @name", "INSERT INTO unit (unit) VALUES (@name)");

    /// <summary>Values that are no numbers, as sent.</summary>
    public static KeyTable Texts() => new(
        "SELECT text_key FROM sent_text WHERE text = @name", "INSERT INTO sent_text (text) VALUES (@name)");

    /// <summary>The key of a name, which is added when it is new.</summary>
    public long KeyOf(WriteSession session, string name, long scope = 0)
    {
        if (_keys.TryGet(session, (scope, name), out var key))
        {
            return key;
        }

        var parameters = new { scope, name };
        var found = session.Connection.QuerySingleOrDefault<long?>(select, parameters, session.Transaction);
        if (found is null)
        {
            session.Connection.Execute(insert, parameters, session.Transaction);
            found = session.LastInsertedKey();
        }

        _keys.Add(session, (scope, name), found.Value);
        return found.Value;
    }
}
