namespace LabServer.Core.Summaries;

/// <summary>The datasets that can be exported. The numbers are those of the wire.</summary>
public enum DatasetKind
{
    /// <summary>ADaM ADLB.</summary>
    Adlb = 1,

    /// <summary>SDTM LB.</summary>
    Lb = 2,

    /// <summary>SDTM AE.</summary>
    Ae = 3,

    /// <summary>ADaM ADAE.</summary>
    Adae = 4,
}
