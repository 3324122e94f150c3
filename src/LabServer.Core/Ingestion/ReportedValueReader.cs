namespace LabServer.Core.Ingestion;

/// <summary>
/// Reads a reported value. The rules:
/// <list type="bullet">
/// <item>Surrounding blanks do not count; blanks between a qualifier and its number do not either.</item>
/// <item>A number is digits with at most one decimal point and digits behind it, a sign, an exponent: <c>61.60</c>,
/// <c>-0.5</c>, <c>.5</c>, <c>1e3</c>, <c>1.2E-3</c>. At most 18 digits count, at most 20 of them behind the point, and
/// it is under 10^18. Nothing else is a number: no hexadecimal, no fraction, no infinity.</item>
/// <item>What is put together as a number is, from digits, points, commas, blanks and apostrophes, but is none, is
/// malformed: <c>1,5</c> and <c>1,000</c> could be read in two ways, <c>4.1.2</c> in none. So is a qualifier without a
/// number behind it, and NaN or infinity in any spelling. Malformed values are never guessed.</item>
/// <item>Everything else is a text: <c>POSITIVE</c>, <c>2+</c>, <c>1:40</c>, <c>0-2</c>, <c>&lt;LOD</c>.</item>
/// </list>
/// </summary>
public static class ReportedValueReader
{
    private const int MaxDigits = 18;
    private const int MaxScale = 20;
    private const int MaxExponent = 40;

    /// <summary>Reads a value. Never throws.</summary>
    /// <param name="reported">The text as sent.</param>
    /// <param name="value">The value; <see langword="default"/> when there is a fault.</param>
    /// <returns>Null when it could be read, else what is wrong, as a sentence for a person.</returns>
    public static string? Read(string? reported, out ReportedValue value)
    {
        value = default;
        var text = reported.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return "There is no value.";
        }

        var rest = text[TakeQualifier(text, out var qualifier)..].TrimStart();
        if (TryReadNumber(rest, out var number))
        {
            value = new ReportedValue(number, qualifier, null);
            return null;
        }

        if (Fault(rest) is { } fault)
        {
            return fault;
        }

        value = new ReportedValue(null, ValueQualifier.None, text.Length == reported!.Length ? reported : text.ToString());
        return null;
    }

    /// <summary>Reads a plain number by the same rules: no qualifier, no text, no blanks. Never throws.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0m;
        var at = 0;
        var negative = false;
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            at = 1;
        }

        var mantissa = 0L;
        var digits = 0;
        var scale = 0;
        var seen = 0;
        var fraction = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                seen++;
                scale += fraction ? 1 : 0;
                digits += digits > 0 || c != '0' ? 1 : 0;
                if (digits > MaxDigits || scale > MaxScale)
                {
                    return false;
                }

                mantissa = (mantissa * 10) + (c - '0');
            }
            else if (c == '.' && !fraction && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                fraction = true;
            }
            else
            {
                break;
            }
        }

        if (seen == 0 || !TryReadExponent(text[at..], out var exponent))
        {
            return false;
        }

        return TryScale(mantissa, negative, scale - exponent, out number);
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E'))
        {
            return false;
        }

        text = text[1..];
        var negative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is '+' or '-')
        {
            text = text[1..];
        }

        if (text.Length is 0 or > 2)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            exponent = (exponent * 10) + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return Math.Abs(exponent) <= MaxExponent;
    }

    private static bool TryScale(long mantissa, bool negative, int scale, out decimal number)
    {
        number = 0m;
        if (scale > MaxScale)
        {
            return false;
        }

        for (; scale < 0 && mantissa != 0; scale++)
        {
            if (mantissa > 99_999_999_999_999_999)
            {
                return false;
            }

            mantissa *= 10;
        }

        number = new decimal((int)mantissa, (int)(mantissa >> 32), 0, negative && mantissa != 0, (byte)Math.Max(scale, 0));
        return true;
    }

    private static int TakeQualifier(ReadOnlySpan<char> text, out ValueQualifier qualifier)
    {
        var orEqual = text.Length > 1 && text[1] == '=';
        (qualifier, var length) = text[0] switch
        {
            '<' => orEqual ? (ValueQualifier.LessOrEqual, 2) : (ValueQualifier.Less, 1),
            '>' => orEqual ? (ValueQualifier.GreaterOrEqual, 2) : (ValueQualifier.Greater, 1),
            '\u2264' => (ValueQualifier.LessOrEqual, 1),
            '\u2265' => (ValueQualifier.GreaterOrEqual, 1),
            _ => (ValueQualifier.None, 0),
        };

        return length;
    }

    // Off the good path: the text is known not to be a number.
    private static string? Fault(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "There is no number behind the qualifier.";
        }

        if (text[0] is '<' or '>' or '=' or '\u2264' or '\u2265')
        {
            return "There is more than one qualifier.";
        }

        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.Equals("NaN", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("Inf", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("Infinity", StringComparison.OrdinalIgnoreCase)
            || unsigned.Equals("\u221E", StringComparison.Ordinal))
        {
            return "Infinity and not-a-number are no values.";
        }

        if (!LooksLikeNumber(unsigned))
        {
            return null;
        }

        return unsigned.Contains(',')
            ? "A number has a decimal point, and nothing between its thousands; with a comma it could mean two numbers."
            : "Not a number: digits with at most one decimal point, at most 18 digits in all and 20 behind the point, under 10^18.";
    }

    private static bool LooksLikeNumber(ReadOnlySpan<char> text)
    {
        var digits = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                digits = true;
            }
            else if (c is 'e' or 'E')
            {
                // An exponent is the end of a number; '3 EXTRA' and '5E' are texts.
                return digits && IsExponent(text[(i + 1)..]);
            }
            else if (c is not ('.' or ',' or ' ' or '\'' or '_' or '\u00A0' or '\u2019' or '\u202F'))
            {
                return false;
            }
        }

        return digits;
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        var digits = !text.IsEmpty && text[0] is '+' or '-' ? text[1..] : text;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c) && c is not ('.' or ','))
            {
                return false;
            }
        }

        return !digits.IsEmpty;
    }
}
