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

/// <summary>Reads the mark.</summary>
public static class FastingMark
{
    /// <summary>Whether the subject fasted; null: not known.</summary>
    public static bool? IsFasting(this Fasting fasting) => fasting switch
    {
        Fasting.Yes => true,
        Fasting.No => false,
        _ => null,
    };
}
