using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Derivation;

/// <summary>A number or a bound, and what becomes of bounds in products and quotients of quantities that are never negative.</summary>
internal readonly record struct Quantity(decimal Number, ValueQualifier Qualifier = ValueQualifier.None)
{
    // Products of three numbers of this size with any factor of the catalogue stay inside a decimal.
    private const double Largest = 1e7;
    private const int Places = 20;

    /// <summary>Whether a number may be computed with; no measurement is beyond it.</summary>
    public static bool IsSound(double value) => Math.Abs(value) <= Largest && FifteenDigits.FitsDecimal(value);

    /// <summary>A number to 15 significant digits, as it is reported.</summary>
    public static string Text(decimal number) =>
        Math.Round(FifteenDigits.Round(number), Places).ToString("0.####################", CultureInfo.InvariantCulture);

    /// <summary>The product; null where a bound says nothing about it.</summary>
    public Quantity? Times(Quantity other)
    {
        if (Number < 0 || other.Number < 0 || Combined(Qualifier, other.Qualifier) is not { } qualifier)
        {
            return null;
        }

        return qualifier != ValueQualifier.None && (Number == 0 || other.Number == 0) ? null : new Quantity(Number * other.Number, qualifier);
    }

    /// <summary>The quotient; null over 0 and where a bound says nothing about it.</summary>
    public Quantity? Over(Quantity other)
    {
        if (Number < 0 || other.Number <= 0 || Combined(Qualifier, Inverse(other.Qualifier)) is not { } qualifier)
        {
            return null;
        }

        return qualifier != ValueQualifier.None && Number == 0 ? null : new Quantity(Number / other.Number, qualifier);
    }

    /// <summary>As it is reported: <c>&lt;0.45</c>.</summary>
    public override string ToString() => Sign(Qualifier) + Text(Number);

    // Bounds of one direction combine; a strict one makes the result strict. Of opposite ones nothing follows.
    private static ValueQualifier? Combined(ValueQualifier a, ValueQualifier b) => (a, b) switch
    {
        (ValueQualifier.None, _) => b,
        (_, ValueQualifier.None) => a,
        (ValueQualifier.Less or ValueQualifier.LessOrEqual, ValueQualifier.Less or ValueQualifier.LessOrEqual) =>
            a == b ? a : ValueQualifier.Less,
        (ValueQualifier.Greater or ValueQualifier.GreaterOrEqual, ValueQualifier.Greater or ValueQualifier.GreaterOrEqual) =>
            a == b ? a : ValueQualifier.Greater,
        _ => null,
    };

    private static ValueQualifier Inverse(ValueQualifier qualifier) => qualifier switch
    {
        ValueQualifier.Less => ValueQualifier.Greater,
        ValueQualifier.LessOrEqual => ValueQualifier.GreaterOrEqual,
        ValueQualifier.Greater => ValueQualifier.Less,
        ValueQualifier.GreaterOrEqual => ValueQualifier.LessOrEqual,
        _ => qualifier,
    };

    private static string Sign(ValueQualifier qualifier) => qualifier switch
    {
        ValueQualifier.Less => "<",
        ValueQualifier.LessOrEqual => "<=",
        ValueQualifier.Greater => ">",
        ValueQualifier.GreaterOrEqual => ">=",
        _ => "",
    };
}
