namespace LabServer.Cli.SampleTrial;

/// <summary>ARM of the sample trial.</summary>
internal enum SampleArm
{
    /// <summary>Umbilical-cord mesenchymal stromal cells, 65 subjects.</summary>
    Msc,

    /// <summary>Placebo, 35 subjects.</summary>
    Placebo,
}
