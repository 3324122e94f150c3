using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

public sealed partial class AuditTrail
{
    private const string SelectStudyKey = "SELECT study_key FROM study WHERE study_id = @StudyId";

    private const string SelectReceived = "SELECT after_json FROM audit_entry WHERE action = @action";

    // Keys begin with 1. Where the first entry is not of that one, the rows before it are older than the trail.
    private const string CountResults = "SELECT COUNT(*) FROM result WHERE @from = 1 OR result_key >= @from";

    private const string CountRejects = "SELECT COUNT(*) FROM rejected_result WHERE @from = 1 OR rejected_key >= @from";

    /// <summary>
    /// Whether the results that an entry was written for are on file as they were: their content is hashed anew. Nothing for
    /// entries of anything else.
    /// </summary>
    public IReadOnlyList<AuditFault> CheckResults(StoredAuditEntry stored)
    {
        if (stored.Entry.Action != AuditAction.ResultsReceived)
        {
            return [];
        }

        if (AuditJson.Read<AuditedResults>(stored.Entry.After) is not { } audited)
        {
            return [Fault(stored, "does not say which results it is of")];
        }

        using var connection = _dialect.OpenReader();
        if (connection.QuerySingleOrDefault<long?>(SelectStudyKey, stored.Entry) is not { } studyKey)
        {
            return [Fault(stored, "is of a study that is not there")];
        }

        var faults = new List<AuditFault>();
        if (audited.Stored is { } rows && !IsSame(rows, Stored(connection, studyKey, stored.Entry.Target, audited.Sender, rows)))
        {
            faults.Add(Fault(stored, "was written for results that are not on file as they were received"));
        }

        if (audited.Rejects is { } rejects && !IsSame(rejects, Rejects(connection, studyKey, stored.Entry.Target, audited.Sender, rejects)))
        {
            faults.Add(Fault(stored, "was written for rejected results that are not in the reject log as they were received"));
        }

        return faults;
    }

    /// <summary>
    /// Whether there are results or rejected results on file that no entry was written for, and so <see cref="CheckResults"/>
    /// has not looked at. Those that are older than the trail do not count.
    /// </summary>
    /// <param name="number">The entry to name: the last one.</param>
    public IReadOnlyList<AuditFault> CheckUnaudited(long number)
    {
        using var connection = _dialect.OpenReader();
        // Of one state, in which results and their entries are there together.
        using var transaction = _dialect.BeginSnapshot(connection);
        var (results, rejects) = (new AuditedCount(), new AuditedCount());
        foreach (var after in connection.Query<string>(SelectReceived, new { action = AuditAction.ResultsReceived }, transaction, buffered: false))
        {
            var audited = AuditJson.Read<AuditedResults>(after);
            results.Add(audited?.Stored);
            rejects.Add(audited?.Rejects);
        }

        return
        [
            .. Unaudited(results, CountResults, "results"),
            .. Unaudited(rejects, CountRejects, "rejected results"),
        ];

        IEnumerable<AuditFault> Unaudited(AuditedCount audited, string count, string what)
        {
            if (audited.First is { } from && connection.ExecuteScalar<long>(count, new { from }, transaction) - audited.Rows is > 0 and var more)
            {
                yield return new AuditFault(number, FaultCode.AuditedResultsChanged, FormattableString.Invariant($"is the last one, and {more} {what} are on file that no entry was written for"));
            }
        }
    }

    private static IEnumerable<LabResult> Stored(DbConnection connection, long studyKey, string laboratory, string sender, AuditedRows rows) =>
        ResultStore.Read(connection, ResultStore.SelectAudited, new { studyKey, laboratory, sender, rows.First, rows.Last }, transaction: null)
            .Select(row => row.Result);

    private static IEnumerable<LabResult?> Rejects(DbConnection connection, long studyKey, string laboratory, string sender, AuditedRows rows) =>
        connection.Query<string>(ResultStore.SelectAuditedRejects, new { studyKey, laboratory, sender, rows.First, rows.Last })
            .Select(Sent);

    // What is no result any more is not the one that was received.
    private static LabResult? Sent(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<LabResult>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSame(AuditedRows rows, IEnumerable<LabResult?> results)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var result in results)
        {
            if (result is null)
            {
                return false;
            }

            hash.AppendData(result.ContentHash());
            count++;
        }

        return count == rows.Rows && Convert.ToHexStringLower(hash.GetHashAndReset()) == rows.Sha256;
    }

    private static AuditFault Fault(StoredAuditEntry stored, string message) => new(stored.Number, FaultCode.AuditedResultsChanged, message);

    /// <summary>Rows that entries were written for.</summary>
    private sealed class AuditedCount
    {
        public long Rows { get; private set; }

        /// <summary>The smallest key; null: there are none.</summary>
        public long? First { get; private set; }

        public void Add(AuditedRows? rows)
        {
            if (rows is not null)
            {
                Rows += rows.Rows;
                First = First is { } first ? Math.Min(first, rows.First) : rows.First;
            }
        }
    }
}
