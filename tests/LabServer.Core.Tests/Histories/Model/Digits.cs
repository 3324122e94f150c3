using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>Decimal arithmetic at 15 significant digits, half to even, as decision 1 asks for. The model's own.</summary>
internal static class Digits
{
    private const int Significant = 15;

    /// <summary>
    /// To how many digits quotients are compared. As a double one may be off in the 16th digit: of the values that stand between two
    /// of twelve digits, one in some thousands would then be rounded the other way.
    /// </summary>
    public const int OfQuotients = 8;

    public static decimal Round(decimal number, int significant = Significant)
    {
        if (number == 0)
        {
            return 0;
        }

        // Digits before the point of the number; 0.0012 has -2.
        var (size, before) = (Math.Abs(number), 0);
        for (; size >= 1; size /= 10)
        {
            before++;
        }

        for (; size < 0.1m; size *= 10)
        {
            before--;
        }

        var places = significant - before;
        if (places is >= 0 and <= 28)
        {
            return Math.Round(number, places, MidpointRounding.ToEven);
        }

        if (places > 28)
        {
            return number;
        }

        var unit = 1m;
        for (; places < 0; places++)
        {
            unit *= 10;
        }

        return Math.Round(number / unit, 0, MidpointRounding.ToEven) * unit;
    }

    public static int Compare(decimal left, decimal right) => Round(left).CompareTo(Round(right));

    public static decimal? Read(string text) => text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Plain digits without zeros at the end.</summary>
    public static string Text(decimal number) => number.ToString("0.####################", CultureInfo.InvariantCulture);
}
