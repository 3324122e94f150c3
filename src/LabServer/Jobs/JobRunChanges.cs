namespace LabServer.Jobs;

/// <summary>Wakes those who watch runs. It carries no news: who is woken reads the run.</summary>
internal sealed class JobRunChanges
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends when any run changes. Take it before reading a run, or a change in between is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Announce() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
