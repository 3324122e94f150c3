using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>A result of ALT, AST, total bilirubin or ALP, as Hy's law looks at it.</summary>
public sealed record LiverResult
{
    /// <summary>Key of the test: <c>ALT</c>, <c>AST</c>, <c>BILI</c> or <c>ALP</c>.</summary>
    public required string Test { get; init; }

    /// <summary>Laboratory that sent it.</summary>
    public required string Laboratory { get; init; }

    /// <summary>The sender's id.</summary>
    public required string SourceResultId { get; init; }

    /// <summary>LBDTC as sent.</summary>
    public required string CollectedAt { get; init; }

    /// <summary>First day it may have been collected on, in the study's zone.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Last day it may have been collected on: later than the first for a partial date.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Whether it is from after the first dose; one that may be is.</summary>
    public required bool AfterFirstDose { get; init; }

    /// <summary>The number as reported; null for text.</summary>
    public double? Value { get; init; }

    /// <summary>What stood before it.</summary>
    public ValueQualifier Qualifier { get; init; }

    /// <summary>LBORNRHI of the result itself, in the unit of <see cref="Value"/>; null: none.</summary>
    public double? UpperLimit { get; init; }

    /// <summary>The value in multiples of its upper limit; of a bound, the bound. Null: there is no value or no limit.</summary>
    public double? TimesUpperLimit => Value is { } value && UpperLimit is > 0 and { } limit ? value / limit : null;

    /// <summary>Whether the value is certainly at least so many times its upper limit.</summary>
    internal bool IsAtLeast(int times) =>
        Qualifier is ValueQualifier.None or ValueQualifier.Greater or ValueQualifier.GreaterOrEqual && Compare(times) >= 0;

    /// <summary>Whether the value is under so many times its upper limit; null: it may or may not be.</summary>
    internal bool? IsUnder(int times) => TimesUpperLimit is null ? null : Qualifier switch
    {
        ValueQualifier.None => Compare(times) < 0,
        ValueQualifier.Less => Compare(times) <= 0 ? true : null,
        ValueQualifier.LessOrEqual => Compare(times) < 0 ? true : null,
        _ => Compare(times) >= 0 ? false : null,
    };

    private int Compare(int times) =>
        TimesUpperLimit is null ? -1 : FifteenDigits.Compare(Value!.Value, times * UpperLimit!.Value);
}
