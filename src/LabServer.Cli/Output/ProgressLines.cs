namespace LabServer.Cli.Output;

/// <summary>Progress where nobody looks on, for a log: a line now and then, and none of work that is soon done.</summary>
/// <param name="error">Where to.</param>
/// <param name="title">What is going on, in a word or two.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressLines(TextWriter error, string title, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _last = time.GetTimestamp();

    /// <summary>Writes a line when the last one, or the start, is long enough ago.</summary>
    /// <param name="share">Share done, from 0 to 1; 0: not known yet.</param>
    /// <param name="note">What is done.</param>
    public void Report(double share, string note)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(_last, now) < Between)
            {
                return;
            }

            _last = now;
            error.WriteLine(share > 0 ? $"labctl: {title}: {Cell.Text((int)(100 * share))} %, {note}" : $"labctl: {title}: {note}");
        }
    }
}
