namespace LabServer.Core.Grading;

/// <summary>What a condition could not be decided for. The lowest bit is the reason that is reported.</summary>
[Flags]
internal enum Missing
{
    None = 0,
    UpperLimit = 1,
    LowerLimit = 2,
    Baseline = 4,
    PercentChange = 8,
    BirthDate = 16,
    CollectionDate = 32,
    Age = 64,
    Sex = 128,
}

/// <summary>True, false, or unknown because of something missing: one integer, since grading millions of rows turns on it.</summary>
internal readonly struct Truth
{
    private readonly int _code;

    private Truth(int code) => _code = code;

    public static Truth True => new(0);

    public static Truth False => new(-1);

    public bool IsTrue => _code == 0;

    public bool IsFalse => _code < 0;

    public bool IsUnknown => _code > 0;

    /// <summary>What was missing; none unless unknown.</summary>
    public Missing Missing => _code > 0 ? (Missing)_code : Missing.None;

    public static Truth Of(bool value) => new(value ? 0 : -1);

    public static Truth Unknown(Missing missing) => new((int)missing);

    /// <summary>False beats unknown; two unknowns miss both.</summary>
    public static Truth operator &(Truth left, Truth right) => left._code < 0 || right._code < 0 ? False : new(left._code | right._code);
}
