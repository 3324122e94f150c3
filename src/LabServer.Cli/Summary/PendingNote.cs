using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>What a summary may not hold yet, said on standard error so that nobody takes it for all there is.</summary>
internal static class PendingNote
{
    /// <summary>Says how much waits for grading; nothing where nothing does.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="pending">Results and series that wait.</param>
    public static async Task Write(Terminal terminal, long pending)
    {
        if (pending > 0)
        {
            await terminal.Error.WriteLineAsync(
                $"labctl: {Cell.Text(pending)} results or series still wait for grading and may not be in it; see labctl grading run.");
        }
    }
}
