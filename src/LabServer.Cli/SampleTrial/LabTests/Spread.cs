namespace LabServer.Cli.SampleTrial;

/// <summary>
/// How the values of a test spread over subjects: smallest, quartiles and largest, straight lines between them.
/// </summary>
/// <param name="Minimum">0 %.</param>
/// <param name="Q1">25 %.</param>
/// <param name="Median">50 %.</param>
/// <param name="Q3">75 %.</param>
/// <param name="Maximum">100 %.</param>
/// <param name="Women">What a woman's value is multiplied by; 1 where the sexes do not differ.</param>
internal sealed record Spread(
    decimal Minimum, decimal Q1, decimal Median, decimal Q3, decimal Maximum, decimal Women = 1m)
{
    /// <summary>The value below which <paramref name="share"/> (0 to 1) of the subjects lie.</summary>
    public decimal At(decimal share, bool woman)
    {
        ReadOnlySpan<decimal> knots = [Minimum, Q1, Median, Q3, Maximum];
        var position = Math.Clamp(share, 0m, 1m) * 4m;
        var left = Math.Min((int)position, 3);
        var value = knots[left] + ((knots[left + 1] - knots[left]) * (position - left));
        return woman ? value * Women : value;
    }
}
