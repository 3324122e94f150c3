using System.Diagnostics;

namespace LabServer.Benchmarks.Support;

/// <summary>How long something took, over many times.</summary>
/// <param name="Median">Milliseconds of the middle one.</param>
/// <param name="P99">Milliseconds that 99 of 100 stayed within.</param>
/// <param name="Times">How often it was done.</param>
internal sealed record Spread(double Median, double P99, int Times)
{
    /// <summary>Does <paramref name="work"/> a few times to warm up, then <paramref name="times"/> times under the clock, one after the other.</summary>
    public static async Task<Spread> Of(Func<Task> work, int times)
    {
        const int WarmUp = 5;
        for (var i = 0; i < WarmUp; i++)
        {
            await work();
        }

        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            taken[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(taken);
        return new Spread(taken[times / 2], taken[(int)Math.Ceiling(times * 0.99) - 1], times);
    }
}
