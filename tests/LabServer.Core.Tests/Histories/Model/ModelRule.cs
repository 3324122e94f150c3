namespace LabServer.Core.Tests.Histories;

/// <summary>What a rule could not be decided for. The first of them is the reason that is reported.</summary>
[Flags]
internal enum Lack
{
    None = 0,
    Uln = 1,
    Lln = 2,
    Baseline = 4,
    PercentChange = 8,
}

/// <summary>One side of a published range: <c>x &gt; 3 × ULN</c> with the number worked out, or what it lacks for that.</summary>
/// <param name="Sign"><c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> or <c>&lt;=</c>.</param>
/// <param name="Number">The number; null: it lacks something.</param>
/// <param name="Lack">What.</param>
/// <param name="PercentOf">The baseline whose percent change is compared; null: the value itself is.</param>
internal sealed record ModelSide(string Sign, decimal? Number, Lack Lack = Lack.None, decimal? PercentOf = null)
{
    /// <summary>Null: cannot be said.</summary>
    public bool? Holds(decimal value)
    {
        if (Number is not { } number)
        {
            return null;
        }

        var left = PercentOf is { } baseline ? 100 * (value - baseline) / Math.Abs(baseline) : value;
        var order = Digits.Compare(left, number);
        return Sign switch
        {
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            _ => order <= 0,
        };
    }

    /// <summary>The value at which it turns.</summary>
    public decimal? Turn => PercentOf is { } baseline ? baseline + (Math.Abs(baseline) * Number!.Value / 100) : Number;
}

/// <summary>A grade and the sides that must all hold for it.</summary>
internal sealed record ModelRule(int Grade, params ModelSide[] Sides)
{
    /// <summary>One side that fails is enough; else one that cannot be said leaves it open.</summary>
    public bool? Holds(decimal value, ref Lack lack)
    {
        var open = Lack.None;
        foreach (var side in Sides)
        {
            switch (side.Holds(value))
            {
                case false:
                    return false;
                case null:
                    open |= side.Lack;
                    break;
                default:
                    break;
            }
        }

        lack |= open;
        return open == Lack.None ? true : null;
    }
}
