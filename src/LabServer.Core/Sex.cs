namespace LabServer.Core;

/// <summary>SEX as collected; decides population rules such as the hemoglobin grades of DAIDS from 13 years on.</summary>
public enum Sex
{
    /// <summary>Not recorded. Rules that need the sex then cannot be decided.</summary>
    Unknown = 0,

    /// <summary>CDISC <c>M</c>.</summary>
    Male = 1,

    /// <summary>CDISC <c>F</c>.</summary>
    Female = 2,

    /// <summary>CDISC <c>UNDIFFERENTIATED</c>: recorded, and neither of the two the published rules speak of.</summary>
    Undifferentiated = 3,
}
