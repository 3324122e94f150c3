using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>
/// The audit trail: what was changed, by whom, when and why. Entries are added in the transaction of the change, never
/// changed and never taken out; a chain of hashes shows where somebody did it all the same.
/// </summary>
public sealed partial class AuditTrail
{
    // A blinded reader is not given what tells an arm: the query leaves it out, so that nothing later can forget to.
    private const string SelectColumns = """
        SELECT entry_number AS Number, at_us AS AtUs, clock_us AS ClockUs, caller AS Caller, action AS Action, study_id AS StudyId,
               target AS Target, before_json AS Before, after_json AS After, reason AS Reason,
               CASE WHEN @unblinded = 1 THEN sealed_before ELSE '' END AS SealedBefore,
               CASE WHEN @unblinded = 1 THEN sealed_after ELSE '' END AS SealedAfter,
               CASE WHEN @unblinded = 1 THEN salt END AS Salt,
               sealed_hash AS SealedHash, hash AS Hash
        FROM audit_entry
        """;

    private const string SelectPage = SelectColumns + """
         WHERE entry_number < @Before AND (@StudyId = '' OR study_id = @StudyId) AND (@Caller = '' OR caller = @Caller)
          AND (@Action = '' OR action = @Action) AND (@Scope = '' OR REPLACE(@Scope, CONCAT(CHAR(31), study_id, CHAR(31)), '') <> @Scope)
          AND at_us >= @FromUs AND at_us < @ToUs
        ORDER BY entry_number DESC
        """;

    private const string SelectNext = SelectColumns + " WHERE entry_number > @after ORDER BY entry_number";

    private const string SelectHash = "SELECT hash FROM audit_entry WHERE entry_number = @Number";

    private const int PageRows = 500;

    private readonly Dialect _dialect;
    private readonly DatabaseWriter? _writer;

    /// <summary>The trail of an open database.</summary>
    public AuditTrail(Database database)
        : this(database.Dialect) => _writer = database.Writer;

    /// <summary>The trail of a database that nobody has to have open, for reading alone: as it is, without an upgrade.</summary>
    public AuditTrail(Dialect dialect) => _dialect = dialect;

    /// <summary>Entries, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="sight">Whether the reader may see what tells an arm.</param>
    public IReadOnlyList<StoredAuditEntry> List(AuditQuery query, ArmSight sight)
    {
        using var connection = _dialect.OpenReader();
        var parameters = new
        {
            query.StudyId,
            query.Caller,
            query.Action,
            query.FromUs,
            query.ToUs,
            query.Before,
            query.Take,
            Scope = ScopeText.Of(query.Studies),
            unblinded = sight == ArmSight.Unblinded,
        };
        return [.. connection.Query<Row>(_dialect.TakeFirst(SelectPage), parameters).Select(row => row.ToEntry())];
    }

    /// <summary>Every entry from behind a number on to another one, in order. Memory holds one page.</summary>
    /// <param name="after">From behind this number; 0: from the first entry on; <see cref="long.MinValue"/>: whatever there is, also what no trail can hold.</param>
    /// <param name="end">Up to this number, for instance that of <see cref="Anchor"/>.</param>
    /// <param name="sight">Whether the reader may see what tells an arm.</param>
    public IEnumerable<StoredAuditEntry> Read(long after, long end, ArmSight sight)
    {
        while (after < end)
        {
            // Pages and no cursor: a slow reader must not hold back what the writer can clear away.
            List<StoredAuditEntry> page;
            using (var connection = _dialect.OpenReader())
            {
                var parameters = new { after, unblinded = sight == ArmSight.Unblinded, Take = PageRows };
                page = [.. connection.Query<Row>(_dialect.TakeFirst(SelectNext), parameters).Select(row => row.ToEntry())];
            }

            foreach (var stored in page.TakeWhile(stored => stored.Number <= end))
            {
                yield return stored;
            }

            after = page.Count > 0 ? page[^1].Number : end;
        }
    }

    /// <summary>Where the trail ends.</summary>
    public AuditAnchor Anchor()
    {
        using var connection = _dialect.OpenReader();
        return connection.QuerySingleOrDefault<HeadRow>(SelectHead) is { } head
            ? new AuditAnchor(head.Number, Convert.ToHexStringLower(head.Hash), head.AtUs)
            : new AuditAnchor(0, Convert.ToHexStringLower(AuditHash.Start), 0);
    }

    /// <summary>Whether the trail has the entry that an anchor was taken of. The chain up to it is not looked at.</summary>
    public bool Holds(AuditAnchor anchor)
    {
        using var connection = _dialect.OpenReader();
        return anchor.Number == 0
            || (connection.QuerySingleOrDefault<byte[]>(SelectHash, anchor) is { } hash && Convert.ToHexStringLower(hash) == anchor.Hash);
    }

    private sealed record HeadRow(long Number, long AtUs, byte[] Hash);

    private sealed record Row
    {
        public long Number { get; init; }

        public long AtUs { get; init; }

        public long? ClockUs { get; init; }

        public string Caller { get; init; } = "";

        public string Action { get; init; } = "";

        public string StudyId { get; init; } = "";

        public string Target { get; init; } = "";

        public string Before { get; init; } = "";

        public string After { get; init; } = "";

        public string Reason { get; init; } = "";

        public string SealedBefore { get; init; } = "";

        public string SealedAfter { get; init; } = "";

        public byte[] Salt { get; init; } = [];

        public byte[] SealedHash { get; init; } = [];

        public byte[] Hash { get; init; } = [];

        public StoredAuditEntry ToEntry() => new()
        {
            Number = Number,
            AtUs = AtUs,
            ClockUs = ClockUs,
            Entry = new AuditEntry
            {
                Caller = Caller,
                Action = Action,
                StudyId = StudyId,
                Target = Target,
                Before = Before,
                After = After,
                Reason = Reason,
                SealedBefore = SealedBefore,
                SealedAfter = SealedAfter,
            },
            Salt = Salt,
            SealedHash = SealedHash,
            Hash = Hash,
        };
    }
}
