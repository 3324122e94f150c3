using System.Collections.Concurrent;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// Which process grades whom. Subjects are in <see cref="Count"/> shares by their keys; a process grades those of a share while it
/// has a claim on it, and writes in the transaction that sees that the claim is still good: two can work on one subject when one was
/// taken for dead, but only the newer claim writes.
/// </summary>
public sealed class GradingShares(Database database, ServerLease server, TimeProvider time)
{
    /// <summary>How many shares there are, as in schema file 0020.</summary>
    public const int Count = 64;

    /// <summary>The share of taking up results and deriving others, which is not divided.</summary>
    public const int Intake = -1;

    private const string Claim = """
        UPDATE grading_share SET server_id = @ServerId, lease_until_us = @until, fence = fence + 1
        WHERE share = @share AND (server_id = @ServerId OR lease_until_us < @dead)
        """;

    private const string SelectFence = "SELECT fence FROM grading_share WHERE share = @share";

    private const string SelectIsMine = "SELECT fence FROM grading_share WHERE share = @share AND fence = @fence";

    private const string Free =
        "UPDATE grading_share SET server_id = '', lease_until_us = 0 WHERE share = @Share AND fence = @Fence";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    // Claims that could not be given back: a long run would renew them with its own.
    private readonly ConcurrentQueue<ShareClaim> _owed = new();

    /// <summary>The share that a subject is in.</summary>
    public static int Of(long subjectKey) => (int)(subjectKey % Count);

    /// <summary>Claims those of <paramref name="shares"/> that nobody has, for as long as the process lives or until they are given back.</summary>
    public Task<List<ShareClaim>> TryClaim(IReadOnlyCollection<int> shares, CancellationToken cancellation) => database.Writer.RunUrgent(
        session =>
        {
            var (_, until, dead) = server.Times(session);
            var claims = new List<ShareClaim>();
            ShareClaim[] owed = [.. _owed];
            GiveBack(session, owed);
            session.AfterCommit(() => Array.ForEach(owed, _ => _owed.TryDequeue(out ShareClaim _)));
            foreach (var share in shares)
            {
                if (session.Connection.Execute(Claim, new { server.ServerId, share, dead, until }, session.Transaction) == 1)
                {
                    claims.Add(new ShareClaim(share, session.Connection.ExecuteScalar<long>(SelectFence, new { share }, session.Transaction)));
                }
            }

            return claims;
        },
        cancellation);

    /// <summary>Claims a share, and waits for it as long as another process has it.</summary>
    public async Task<ShareClaim> ClaimOne(int share, CancellationToken cancellation)
    {
        while (true)
        {
            if (await TryClaim([share], cancellation).ConfigureAwait(false) is [var claim])
            {
                return claim;
            }

            await WaitForOthers(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Gives claims back. One that is lost already is another's and stays that; where the database does not take it, it is given back with
    /// the next claim.
    /// </summary>
    public async Task GiveBack(IReadOnlyCollection<ShareClaim> claims, CancellationToken cancellation)
    {
        if (claims.Count == 0)
        {
            return;
        }

        try
        {
            await database.Writer.Run(session => GiveBack(session, claims), rows: 1, cancellation).ConfigureAwait(false);
        }
        catch
        {
            foreach (var claim in claims)
            {
                _owed.Enqueue(claim);
            }

            throw;
        }
    }

    /// <summary>Waits a moment for what other processes do.</summary>
    public Task WaitForOthers(CancellationToken cancellation) => Task.Delay(BetweenLooks, time, cancellation);

    /// <summary>Gives claims back with what was written under them.</summary>
    internal static void GiveBack(WriteSession session, IEnumerable<ShareClaim> claims)
    {
        foreach (var claim in claims)
        {
            session.Connection.Execute(Free, claim, session.Transaction);
        }
    }

    /// <summary>To be asked in the transaction that writes under a claim, before it does.</summary>
    /// <exception cref="ShareLostException">The claim is no good any more.</exception>
    internal static void Require(WriteSession session, ShareClaim claim)
    {
        if (session.Rows(SelectIsMine).Add(claim.Share).Add(claim.Fence).FindWhole() is null)
        {
            throw new ShareLostException(claim.Share);
        }
    }
}
