using System.Diagnostics;

namespace LabServer.Tests.Support;

/// <summary>Waits for something that another thread or process brings about: no longer than needed, and never for ever.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a test waits when it does not say.</summary>
    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a test waits for a call that ought to be answered at once, on a machine that does other things.</summary>
    public static TimeSpan Unanswered { get; } = TimeSpan.FromMinutes(3);

    /// <summary>Waits until <paramref name="condition"/> holds; fails with <paramref name="what"/> when the time is up.</summary>
    public static Task True(Func<bool> condition, string what, TimeSpan? timeout = null) =>
        True(() => Task.FromResult(condition()), what, timeout);

    /// <inheritdoc cref="True(Func{bool}, string, TimeSpan?)"/>
    public static async Task True(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        var bound = timeout ?? Bound;
        var watch = Stopwatch.StartNew();
        while (!await Answer(condition(), what))
        {
            Assert.True(watch.Elapsed < bound, $"Not within {bound.TotalSeconds} s: {what}");
            await Task.Delay(Between);
        }
    }

    /// <summary>Waits until <paramref name="read"/> gives something and returns that.</summary>
    public static async Task<T> NotNull<T>(Func<Task<T?>> read, string what, TimeSpan? timeout = null)
        where T : class
    {
        T? found = null;
        await True(async () => (found = await read()) is not null, what, timeout);
        return found!;
    }

    private static async Task<bool> Answer(Task<bool> condition, string what)
    {
        try
        {
            return await condition.WaitAsync(Unanswered);
        }
        catch (TimeoutException late) when (!condition.IsCompleted)
        {
            throw new TimeoutException($"Nobody answered within {Unanswered.TotalMinutes} min whether {what}", late);
        }
    }
}
