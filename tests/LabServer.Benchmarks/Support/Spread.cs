using System.Diagnostics;

namespace LabServer.Benchmarks.Support;

/// <summary>How long something took, over many times.</summary>
/// <param name="Median">Milliseconds of the middle one.</param>
/// <param name="P99">Milliseconds that 99 of 100 stayed within.</param>
internal sealed record Spread(double Median, double P99)
{
    private const int WarmUp = 2;

    /// <summary>Does <paramref name="work"/> a few times to warm up, then <paramref name="times"/> times under the clock, one after the other.</summary>
    /// <returns>Milliseconds of each.</returns>
    public static async Task<IReadOnlyList<double>> Times(Func<Task> work, int times)
    {
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

        return taken;
    }

    /// <summary>The spread of some times.</summary>
    public static Spread Of(IEnumerable<double> taken)
    {
        double[] sorted = [.. taken.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[(int)Math.Ceiling(sorted.Length * 0.99) - 1]);
    }
}
