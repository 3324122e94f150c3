namespace LabServer.Core.Tests.Support.Tds;

/// <summary>What answers the statements of one connection for which the test has said nothing.</summary>
internal abstract class TdsEngine : IDisposable
{
    /// <summary>Runs a statement or procedure.</summary>
    public abstract TdsAnswer[] Answer(TdsRequest request);

    /// <summary>Takes the rows of a bulk copy.</summary>
    public abstract void Take(TdsBulkRows rows);

    /// <summary>A transaction begins. 5 is snapshot.</summary>
    public abstract void Begin(byte isolation);

    public abstract void Commit();

    public abstract void RollBack();

    public abstract void Dispose();
}
