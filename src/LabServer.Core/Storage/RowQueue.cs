namespace LabServer.Core.Storage;

/// <summary>
/// Runs of one statement of a connection that wait to be sent together. Whatever else is asked of the connection is asked after
/// them: <see cref="PreparedStatements"/> and <see cref="WriteSession"/> see to that.
/// </summary>
internal sealed class RowQueue
{
    private RowStatement? _waiting;

    /// <summary>Lets <paramref name="statement"/> wait, when all of another one is done.</summary>
    public void Enter(RowStatement statement)
    {
        if (_waiting != statement)
        {
            Run();
            _waiting = statement;
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Run()
    {
        if (_waiting is { } statement)
        {
            _waiting = null;
            statement.RunWaiting();
        }
    }

    /// <summary>Drops what waits: its transaction is over.</summary>
    public void Clear()
    {
        _waiting?.DropWaiting();
        _waiting = null;
    }
}
