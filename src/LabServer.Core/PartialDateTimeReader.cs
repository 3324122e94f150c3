namespace LabServer.Core;

/// <summary>Reads the text of a <see cref="PartialDateTime"/>: a cursor over <c>yyyy-MM-ddTHH:mm:ss.ffffff+hh:mm</c>.</summary>
internal static class PartialDateTimeReader
{
    // Years outside are slips of the pen; they also keep every instant within what a DateTime can hold.
    private const int FirstYear = 1800;
    private const int LastYear = 2999;
    private const int MaxLength = 40;
    private const int MaxOffsetMinutes = 14 * 60;

    private const string Form = "Not an ISO 8601 date or date and time, such as 2021, 2021-03, 2021-03-05 or 2021-03-05T14:45.";

    public static string? Read(string? text, out PartialDateTime value)
    {
        value = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return "There is no date.";
        }

        if (trimmed.Length > MaxLength)
        {
            return Form;
        }

        var kept = trimmed.Length == text!.Length ? text : trimmed.ToString();
        return ReadDate(kept, ref value);
    }

    private static string? ReadDate(string text, ref PartialDateTime value)
    {
        var at = 0;
        var (month, day) = (1, 1);
        var precision = DatePrecision.Year;
        if (!TryDigits(text, ref at, 4, out var year))
        {
            return Form;
        }

        if (TryTake(text, ref at, '-'))
        {
            precision = DatePrecision.Month;
            if (!TryDigits(text, ref at, 2, out month))
            {
                return Form;
            }

            if (TryTake(text, ref at, '-'))
            {
                precision = DatePrecision.Day;
                if (!TryDigits(text, ref at, 2, out day))
                {
                    return Form;
                }
            }
        }

        if (year is < FirstYear or > LastYear)
        {
            return $"The year is not between {FirstYear} and {LastYear}.";
        }

        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return "There is no such day in the calendar.";
        }

        var ticks = new DateTime(year, month, day).Ticks;
        if (at == text.Length)
        {
            value = new PartialDateTime(text, precision, ticks, null);
            return null;
        }

        return precision == DatePrecision.Day && TryTake(text, ref at, 'T') ? ReadTime(text, at, ticks, ref value) : Form;
    }

    private static string? ReadTime(string text, int at, long ticks, ref PartialDateTime value)
    {
        var (minute, second) = (0, 0);
        var fraction = 0L;
        var precision = DatePrecision.Hour;
        if (!TryDigits(text, ref at, 2, out var hour))
        {
            return Form;
        }

        if (TryTake(text, ref at, ':'))
        {
            precision = DatePrecision.Minute;
            if (!TryDigits(text, ref at, 2, out minute))
            {
                return Form;
            }

            if (TryTake(text, ref at, ':'))
            {
                precision = DatePrecision.Second;
                if (!TryDigits(text, ref at, 2, out second))
                {
                    return Form;
                }

                if (TryTake(text, ref at, '.'))
                {
                    precision = DatePrecision.Microsecond;
                    if (!TryFraction(text, ref at, out fraction))
                    {
                        return Form;
                    }
                }
            }
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return "There is no such time of day.";
        }

        if (!TryOffset(text, ref at, out var offset) || at != text.Length)
        {
            return Form;
        }

        if (offset is { } minutes && Math.Abs((int)minutes) > MaxOffsetMinutes)
        {
            return "The offset from UTC is over 14 hours.";
        }

        ticks += new TimeSpan(hour, minute, second).Ticks + (fraction * TimeSpan.TicksPerMicrosecond);
        value = new PartialDateTime(text, precision, ticks, offset);
        return null;
    }

    private static bool TryTake(string text, ref int at, char expected)
    {
        if (at < text.Length && text[at] == expected)
        {
            at++;
            return true;
        }

        return false;
    }

    private static bool TryDigits(string text, ref int at, int count, out int number)
    {
        number = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            var digit = text[at + i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        at += count;
        return true;
    }

    // 1 to 9 digits; what is finer than a microsecond is cut off, as every store here keeps microseconds.
    private static bool TryFraction(string text, ref int at, out long microseconds)
    {
        microseconds = 0;
        var count = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, count++)
        {
            if (count < 6)
            {
                microseconds = (microseconds * 10) + (text[at] - '0');
            }
        }

        for (var i = count; i < 6; i++)
        {
            microseconds *= 10;
        }

        return count is >= 1 and <= 9;
    }

    private static bool TryOffset(string text, ref int at, out short? minutes)
    {
        minutes = null;
        if (at == text.Length)
        {
            return true;
        }

        if (TryTake(text, ref at, 'Z'))
        {
            minutes = 0;
            return true;
        }

        var negative = text[at] == '-';
        if (!negative && text[at] != '+')
        {
            return false;
        }

        at++;
        var minute = 0;
        if (!TryDigits(text, ref at, 2, out var hour) || (TryTake(text, ref at, ':') && !TryDigits(text, ref at, 2, out minute)) || minute > 59)
        {
            return false;
        }

        minutes = (short)((negative ? -1 : 1) * ((hour * 60) + minute));
        return true;
    }
}
