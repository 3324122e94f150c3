using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>A record with the number that a measure makes of it.</summary>
internal readonly record struct MeasuredRecord(VisitRecord Record, bool IsCarried, double? Value)
{
    public bool IsBelow => Record.Qualifier is ValueQualifier.Less or ValueQualifier.LessOrEqual;

    public bool IsAbove => Record.Qualifier is ValueQualifier.Greater or ValueQualifier.GreaterOrEqual;

    /// <summary>
    /// The measure of a record; without a value where it has none: a text, a change without baseline or before the first
    /// dose, a percentage of 0. Rounded to the 15 digits that values have, so that equal changes are ties.
    /// </summary>
    public static MeasuredRecord Of(VisitRecord record, bool isCarried, VisitRecord? baseline, BiomarkerOptions options)
    {
        var measured = new MeasuredRecord(record, isCarried, null);
        if (record.Value is not { } number)
        {
            return measured;
        }

        var value = measured.IsBelow && options.Bounds == BoundHandling.Half ? number / 2 : number;
        if (options.Measure == BiomarkerMeasure.Value)
        {
            return measured with { Value = value };
        }

        if (baseline?.Value is not { } start || !(record.AfterFirstDose || isCarried))
        {
            return measured;
        }

        var change = BaselineChange.Of(value, start);
        return measured with
        {
            Value = options.Measure == BiomarkerMeasure.Change
                ? change
                : BaselineChange.Percent(change, start) is { } percent ? FifteenDigits(percent) : null,
        };
    }

    // Beyond what decimals hold nothing can be told apart anyway.
    private static double FifteenDigits(double number) => Math.Abs(number) < 1e28 ? (double)(decimal)number : number;
}
