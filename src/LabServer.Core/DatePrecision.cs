namespace LabServer.Core;

/// <summary>How much of a <see cref="PartialDateTime"/> was given. Ordered from coarse to fine; the numbers are stored.</summary>
public enum DatePrecision
{
    /// <summary><c>2021</c>.</summary>
    Year = 1,

    /// <summary><c>2021-03</c>.</summary>
    Month = 2,

    /// <summary><c>2021-03-05</c>.</summary>
    Day = 3,

    /// <summary><c>2021-03-05T14</c>.</summary>
    Hour = 4,

    /// <summary><c>2021-03-05T14:45</c>.</summary>
    Minute = 5,

    /// <summary><c>2021-03-05T14:45:30</c>.</summary>
    Second = 6,

    /// <summary><c>2021-03-05T14:45:30.123</c>: known to the microsecond.</summary>
    Microsecond = 7,
}
