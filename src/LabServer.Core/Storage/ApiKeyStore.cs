using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>
/// API keys. All of them are in memory, as committed, so that checking one costs no look-up. What other servers on the same database
/// change is known here a moment later.
/// </summary>
public sealed partial class ApiKeyStore
{
    // What an attacker sends with an id that there is not takes as long as one that there is.
    private static readonly byte[] NoHash = new byte[32];

    // Use is noted in memory at once, and in the database not more often than this.
    private const long NoteEveryUs = 60_000_000;

    private const string InsertKey = """
        INSERT INTO api_key (key_id, name, sha256, role, all_studies, reason, created_by, created_us, expires_us)
        SELECT @KeyId, @Name, @hash, @Role, @allStudies, @Reason, @CreatedBy, @CreatedUs, @ExpiresUs
        WHERE NOT EXISTS (SELECT 1 FROM api_key WHERE name = @Name)
        """;

    private const string InsertStudy = "INSERT INTO api_key_study (key_key, study_id) VALUES (@keyKey, @value)";
    private const string InsertLaboratory = "INSERT INTO api_key_laboratory (key_key, laboratory) VALUES (@keyKey, @value)";
    private const string InsertUnblinding = "INSERT INTO api_key_unblinding (key_key, study_id) VALUES (@keyKey, @value)";

    private const string UpdateRevoked =
        "UPDATE api_key SET revoked_us = @nowUs, revoked_by = @by WHERE name = @name AND revoked_us IS NULL";

    private const string UpdateUsed =
        "UPDATE api_key SET last_used_us = @nowUs WHERE key_id = @keyId AND (last_used_us IS NULL OR last_used_us < @nowUs)";

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Held> _byId = new(StringComparer.Ordinal);

    /// <summary>Reads the keys on file.</summary>
    public ApiKeyStore(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        Take(connection, transaction)();
        database.Copies.Add(Take, AuditAction.KeyCreated, AuditAction.KeyRevoked);
    }

    /// <summary>Every key, also revoked ones, by name, and when it was used last on any server.</summary>
    public IReadOnlyList<ApiKey> All()
    {
        TakeUses();
        return [.. _byId.Values.Select(held => held.Key).OrderBy(key => key.Name, StringComparer.Ordinal)];
    }

    /// <summary>The key of this name; null: there is none.</summary>
    public ApiKey? Find(string name) => _byId.Values.Select(held => held.Key).FirstOrDefault(key => key.Name == name);

    /// <summary>Makes a checked key; its text is in the answer and nowhere else. Null: the name is taken.</summary>
    public async Task<(ApiKey Key, string Text)?> Create(ApiKey wanted, CancellationToken cancellation)
    {
        var (id, text) = KeyText.Make();
        var key = wanted with { KeyId = id, CreatedUs = Clock.NowUs(_time) };
        var hash = KeyText.Hash(text);
        var made = await _database.Writer.Run(
            session =>
            {
                var values = new
                {
                    key.KeyId,
                    key.Name,
                    hash,
                    key.Role,
                    allStudies = key.Studies.Count == 0,
                    key.Reason,
                    key.CreatedBy,
                    key.CreatedUs,
                    key.ExpiresUs,
                };
                if (session.Connection.Execute(InsertKey, values, session.Transaction) == 0)
                {
                    return false;
                }

                var keyKey = session.LastInsertedKey();
                Insert(session, InsertStudy, keyKey, key.Studies);
                Insert(session, InsertLaboratory, keyKey, key.Laboratories);
                Insert(session, InsertUnblinding, keyKey, key.UnblindedStudies);
                AuditTrail.Append(session, AuditEntry.Of(new Author(key.CreatedBy, key.Reason), AuditAction.KeyCreated, name: key.Name) with
                {
                    After = AuditJson.Write(new { key.KeyId, Role = key.Role.Word(), key.Studies, key.Laboratories, key.UnblindedStudies, key.ExpiresUs }),
                });
                session.AfterCommit(() => _byId[id] = new Held(key, hash, long.MinValue));
                return true;
            },
            rows: 1,
            cancellation).ConfigureAwait(false);
        return made ? (key, text) : null;
    }

    /// <summary>Revokes a key for good, from the answer on. The key as it is now; null: there is none of this name.</summary>
    public async Task<ApiKey?> Revoke(string name, Author by, CancellationToken cancellation)
    {
        await _database.Writer.Run(
            session =>
            {
                var nowUs = Clock.NowUs(_time);
                if (session.Connection.Execute(UpdateRevoked, new { name, nowUs, by = by.Caller }, session.Transaction) > 0)
                {
                    AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.KeyRevoked, name: name));
                    session.AfterCommit(() => Change(name, key => key with { RevokedUs = nowUs, RevokedBy = by.Caller }));
                }
            },
            rows: 1,
            cancellation).ConfigureAwait(false);
        return Find(name);
    }

    /// <summary>The key that a text is, if it is one that is taken now; null: unknown, expired or revoked.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="hash"><see cref="KeyText.Hash"/> of it, which the caller has made already.</param>
    /// <param name="noted">Ends when the use is on file; done when that need not be written now.</param>
    public ApiKey? Check(string text, byte[] hash, out Task noted)
    {
        noted = Task.CompletedTask;
        var held = KeyText.IdOf(text) is { } id && _byId.TryGetValue(id, out var found) ? found : null;
        var isRight = CryptographicOperations.FixedTimeEquals(hash, held?.Hash ?? NoHash);
        var nowUs = Clock.NowUs(_time);
        if (held is null || !isRight || !held.Key.IsValid(nowUs))
        {
            return null;
        }

        if (held.TakesNote(nowUs))
        {
            Change(held.Key.Name, key => key with { LastUsedUs = nowUs });
            noted = _database.Writer.Run(
                session => session.Connection.Execute(UpdateUsed, new { nowUs, keyId = held.Key.KeyId }, session.Transaction), rows: 1, CancellationToken.None);
        }

        return held.Key;
    }

    /// <summary>Whether a key that was taken is still taken: for calls that go on.</summary>
    public bool IsValid(string keyId) => _byId.TryGetValue(keyId, out var held) && held.Key.IsValid(Clock.NowUs(_time));

    private static void Insert(WriteSession session, string statement, long keyKey, IEnumerable<string> values)
    {
        foreach (var value in values.Distinct(StringComparer.Ordinal))
        {
            session.Connection.Execute(statement, new { keyKey, value }, session.Transaction);
        }
    }

    // A use leaves no entry in the audit trail, so that nobody looks for those of other servers until they are asked for.
    private void TakeUses()
    {
        using var connection = _database.Read();
        foreach (var (keyId, usedUs) in connection.Query<(string, long)>(SelectUses))
        {
            if (_byId.TryGetValue(keyId, out var held))
            {
                held.Change(key => key with { LastUsedUs = Math.Max(usedUs, key.LastUsedUs ?? usedUs) });
            }
        }
    }

    // Of a key that is here already only its end is taken: when it was used last is known here first.
    private Action Take(DbConnection connection, DbTransaction transaction)
    {
        var read = Read(connection, transaction);
        return () =>
        {
            foreach (var (key, hash) in read)
            {
                _byId.GetOrAdd(key.KeyId, _ => new Held(key, hash, key.LastUsedUs ?? long.MinValue))
                    .Change(held => held with { RevokedUs = key.RevokedUs ?? held.RevokedUs, RevokedBy = key.RevokedUs is null ? held.RevokedBy : key.RevokedBy });
            }
        };
    }

    private void Change(string name, Func<ApiKey, ApiKey> change)
    {
        if (Find(name) is { } key)
        {
            _byId[key.KeyId].Change(change);
        }
    }

    /// <summary>A key with the hash that proves it.</summary>
    private sealed class Held(ApiKey key, byte[] hash, long notedUs)
    {
        private readonly Lock _gate = new();
        private long _notedUs = notedUs;

        public ApiKey Key { get; private set; } = key;

        public byte[] Hash => hash;

        public void Change(Func<ApiKey, ApiKey> change)
        {
            lock (_gate)
            {
                Key = change(Key);
            }
        }

        /// <summary>Whether a use at this time is to be written; says so to one caller only.</summary>
        public bool TakesNote(long nowUs)
        {
            var before = Volatile.Read(ref _notedUs);
            return (before == long.MinValue || nowUs - before >= NoteEveryUs) && Interlocked.CompareExchange(ref _notedUs, nowUs, before) == before;
        }
    }
}
