namespace LabServer.Core.Grading;

/// <summary>How a value is compared with a threshold. Both sides count with 15 significant digits.</summary>
public enum Comparison
{
    /// <summary><c>&lt;</c></summary>
    Below = 1,

    /// <summary><c>&lt;=</c></summary>
    AtMost = 2,

    /// <summary><c>&gt;=</c></summary>
    AtLeast = 3,

    /// <summary><c>&gt;</c></summary>
    Above = 4,
}
