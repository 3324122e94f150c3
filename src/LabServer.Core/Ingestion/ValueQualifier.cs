namespace LabServer.Core.Ingestion;

/// <summary>What stands before a number: the analyser's limit was passed (LBSTRESC <c>&lt;0.5</c>).</summary>
public enum ValueQualifier
{
    /// <summary>The number is the value.</summary>
    None = 0,

    /// <summary><c>&lt;</c>: the value is under the number.</summary>
    Less = 1,

    /// <summary><c>&lt;=</c> or <c>≤</c>: the value is at most the number.</summary>
    LessOrEqual = 2,

    /// <summary><c>&gt;</c>: the value is over the number.</summary>
    Greater = 3,

    /// <summary><c>&gt;=</c> or <c>≥</c>: the value is at least the number.</summary>
    GreaterOrEqual = 4,
}

/// <summary>Writes qualifiers.</summary>
public static class ValueQualifierSign
{
    /// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>; empty for none.</summary>
    public static string Sign(this ValueQualifier qualifier) => qualifier switch
    {
        ValueQualifier.Less => "<",
        ValueQualifier.LessOrEqual => "<=",
        ValueQualifier.Greater => ">",
        ValueQualifier.GreaterOrEqual => ">=",
        _ => "",
    };
}
