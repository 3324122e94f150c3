namespace LabServer.Core.Reports;

/// <summary>What a safety report shows of treatment arms. The numbers are stored and are those of the wire.</summary>
public enum ReportEdition
{
    /// <summary>Arms pooled: nothing in it depends on who got which treatment.</summary>
    Blinded = 1,

    /// <summary>By arm, for those who may see treatments.</summary>
    ByArm = 2,
}
