using System.Collections.Concurrent;

namespace LabServer.Core.Storage;

/// <summary>
/// A copy in memory of names and their keys. What a transaction has looked up or added is known to itself at once, and to
/// others when it is durable. Only the writer asks.
/// </summary>
/// <param name="most">How many are kept about: names come from senders, who could else fill the memory with new ones.</param>
internal sealed class CommittedKeys<TName>(int most = 50_000)
    where TName : notnull
{
    private readonly ConcurrentDictionary<TName, long> _committed = new();
    private readonly Dictionary<TName, long> _ofTransaction = [];

    // Whose _ofTransaction is: of one that failed nothing is kept.
    private WriteSession? _session;

    /// <summary>The key of a name; false: not known here.</summary>
    public bool TryGet(WriteSession session, TName name, out long key) =>
        _committed.TryGetValue(name, out key) || (ReferenceEquals(_session, session) && _ofTransaction.TryGetValue(name, out key));

    /// <summary>Keeps a key that the transaction has found or added.</summary>
    public void Add(WriteSession session, TName name, long key)
    {
        if (!ReferenceEquals(_session, session))
        {
            _session = session;
            _ofTransaction.Clear();
            session.AfterCommit(Keep);
        }

        _ofTransaction.Add(name, key);
    }

    private void Keep()
    {
        if (_committed.Count + _ofTransaction.Count > most)
        {
            // Those in use are looked up again.
            _committed.Clear();
        }

        foreach (var (name, key) in _ofTransaction)
        {
            _committed[name] = key;
        }

        _ofTransaction.Clear();
        _session = null;
    }
}
