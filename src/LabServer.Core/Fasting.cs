namespace LabServer.Core;

/// <summary>LBFAST: whether the subject fasted. Decides between fasting and other glucose and lipid criteria.</summary>
public enum Fasting
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>CDISC <c>Y</c>.</summary>
    Yes = 1,

    /// <summary>CDISC <c>N</c>.</summary>
    No = 2,
}
