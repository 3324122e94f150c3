using System.Globalization;

namespace LabServer.Core.Summaries;

/// <summary>How exports spell values, the same on every machine and in every format. Missing values are empty.</summary>
internal static class CellText
{
    /// <summary>
    /// The 15 digits that values are compared with, without binary dust and without an exponent. By text: the conversion
    /// from double to decimal rounds twice, which can show in the last digit of a quotient.
    /// </summary>
    public static string Number(double? number)
    {
        if (number is not { } value)
        {
            return "";
        }

        var text = value.ToString("G15", CultureInfo.InvariantCulture);
        return text == "-0" ? "0"
            : text.Contains('E', StringComparison.Ordinal)
                ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
                : text;
    }

    /// <summary>A whole number.</summary>
    public static string Integer(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>LOW, NORMAL or HIGH.</summary>
    public static string Word(RangeIndicator? indicator) => indicator switch
    {
        RangeIndicator.Low => "LOW",
        RangeIndicator.Normal => "NORMAL",
        RangeIndicator.High => "HIGH",
        _ => "",
    };

    /// <summary>SENT or WINDOW.</summary>
    public static string Word(VisitSource source) => source switch
    {
        VisitSource.Sent => "SENT",
        VisitSource.Window => "WINDOW",
        _ => "",
    };

    /// <summary>Y or N.</summary>
    public static string Word(YesNo fact) => fact switch
    {
        YesNo.Yes => "Y",
        YesNo.No => "N",
        _ => "",
    };

    /// <summary>The words of codelist SEX.</summary>
    public static string Word(Sex sex) => sex switch
    {
        Sex.Male => "M",
        Sex.Female => "F",
        Sex.Undifferentiated => "UNDIFFERENTIATED",
        _ => "U",
    };

    /// <summary>The date of a text in the form of ISO 8601, without its time; as much of it as was sent.</summary>
    public static string Date(string text) => text.Split('T')[0].Trim();

    /// <summary>A number that was sent as text, for a column of numbers; empty when it is none.</summary>
    public static string Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "";
}
