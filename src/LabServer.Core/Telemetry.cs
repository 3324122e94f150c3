using System.Diagnostics;

namespace LabServer.Core;

/// <summary>
/// What the server tells of its own work: the name of its meter, and its spans. Neither carries anything of a study: they
/// leave the server for systems that have no keys.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "LabServer";

    /// <summary>Where spans come from. Without a listener, which is the default, there are none and they cost nothing.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Does <paramref name="work"/> within a span; one that fails says of what type the failure was, not its message.</summary>
    /// <param name="span">Name of the span: <c>grading</c>.</param>
    /// <param name="work">The work; it is handed the span for its figures, null when nobody listens.</param>
    public static async Task<T> Within<T>(string span, Func<Activity?, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var activity = Source.StartActivity(span);
        try
        {
            return await work(activity).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }
}
