namespace LabServer.Cli.SampleTrial;

/// <summary>Reference range the sample laboratory prints (LBORNRLO, LBORNRHI). A null limit is not printed.</summary>
/// <param name="Low">Lower limit of normal.</param>
/// <param name="High">Upper limit of normal.</param>
internal sealed record SampleLimits(decimal? Low, decimal? High)
{
    /// <summary>No range is printed.</summary>
    public static readonly SampleLimits None = new(null, null);
}
