namespace LabServer.Core;

/// <summary>A fact that may be known or not. The numbers are stored, and are those of the wire.</summary>
public enum YesNo
{
    /// <summary>Not known (default).</summary>
    Unspecified = 0,

    /// <summary>CDISC <c>Y</c>.</summary>
    Yes = 1,

    /// <summary>CDISC <c>N</c>.</summary>
    No = 2,
}
