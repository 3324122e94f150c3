namespace LabServer.Core.Storage;

/// <summary>Which versions of its ranges a laboratory has.</summary>
internal sealed record LaboratoryVersions
{
    public long LaboratoryKey { get; init; }

    public string Laboratory { get; init; } = "";

    /// <summary>0: none.</summary>
    public int InForce { get; init; }

    /// <summary>0: none.</summary>
    public int Newest { get; init; }
}
