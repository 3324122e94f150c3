namespace LabServer.Core.Ingestion;

/// <summary>
/// Limits beyond which a value must be told at once, whatever its reference range, in the standard unit of the test. A
/// value on a limit is not beyond it.
/// </summary>
/// <param name="Low">Under it is critical; null: no value is too low.</param>
/// <param name="High">Over it is critical; null: no value is too high.</param>
public sealed record CriticalLimits(double? Low, double? High)
{
    /// <summary>The limit a value is certainly beyond; null when it is beyond none, or may not be.</summary>
    /// <param name="value">The number in the standard unit.</param>
    /// <param name="qualifier">What stands before it: over 8.0 is over 6.5 too, under 8.0 may be anything.</param>
    public CriticalSide? Beyond(double value, ValueQualifier qualifier)
    {
        var atLeast = qualifier is ValueQualifier.None or ValueQualifier.Greater or ValueQualifier.GreaterOrEqual;
        if (atLeast && High is { } high && IsBeyond(Grading.FifteenDigits.Compare(value, high), qualifier == ValueQualifier.Greater))
        {
            return CriticalSide.High;
        }

        var atMost = qualifier is ValueQualifier.None or ValueQualifier.Less or ValueQualifier.LessOrEqual;
        return atMost && Low is { } low && IsBeyond(Grading.FifteenDigits.Compare(low, value), qualifier == ValueQualifier.Less)
            ? CriticalSide.Low
            : null;
    }

    private static bool IsBeyond(int order, bool excludesTheNumber) => order > 0 || (order == 0 && excludesTheNumber);
}
