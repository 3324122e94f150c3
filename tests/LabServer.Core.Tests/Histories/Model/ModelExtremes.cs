namespace LabServer.Core.Tests.Histories;

/// <summary>
/// What shift tables and liver safety must be told of a series: where it stood at baseline, and the worst it reached from the
/// first dose on; a result that may be of before or after counts as after.
/// </summary>
/// <param name="of">Whose series, of which test.</param>
/// <param name="before">Results certainly at or before the first dose.</param>
/// <param name="after">The others, in time order.</param>
/// <param name="baseline">The baseline; null: none.</param>
internal sealed class ModelExtremes(string of, List<ModelResult> before, List<ModelResult> after, ModelResult? baseline)
{
    /// <summary>The extremes by what they are of, as text.</summary>
    public IEnumerable<KeyValuePair<string, string>> All(IEnumerable<(ModelTerm Term, List<ModelRow> Rows)> graded)
    {
        var sides = after.Select(result => result.Barred is null ? SideOfAll(result) : null).OfType<int>().ToList();
        var from = baseline is not null ? Word(baseline.Side) : before.Count > 0 ? "NOT_GRADABLE" : "MISSING";
        yield return new(
            of,
            $"{from} > {Worst(sides, sides => sides.Min())} / {Worst(sides, sides => sides.Max())}; × ULN {TimesUln()}; × baseline {TimesBaseline()}");
        foreach (var (term, rows) in graded)
        {
            yield return new($"{of} / {term}", $"{Grade(rows)} > {WorstGrade(rows)}");
        }
    }

    private string Worst(List<int> sides, Func<List<int>, int> worst) =>
        sides.Count > 0 ? Word(worst(sides)) : after.Count > 0 ? "NOT_GRADABLE" : "MISSING";

    private string Grade(List<ModelRow> rows) =>
        rows.Find(row => row.Result == baseline) is { } record ? record.Grade.Grade?.ToString(Invariant) ?? "NOT_GRADABLE"
        : rows.Exists(row => before.Contains(row.Result)) ? "NOT_GRADABLE"
        : "MISSING";

    private string WorstGrade(List<ModelRow> rows)
    {
        var later = rows.Where(row => after.Contains(row.Result)).ToList();
        return later.Max(row => row.Grade.Grade)?.ToString(Invariant) ?? (later.Count > 0 ? "NOT_GRADABLE" : "MISSING");
    }

    private string TimesUln()
    {
        var measured = after.Where(result => result.Barred is null && !IsUpperBound(result) && result.High > 0)
            .Select(result => (Result: result, Times: result.Number!.Value / result.High!.Value));
        return Highest(measured) ?? (after.Count == 0 ? "NO_RESULT"
            : after.Exists(result => result.Barred is null && !IsUpperBound(result)) ? "NO_UPPER_LIMIT"
            : after.Exists(result => result.Barred is null) ? "BOUND_ONLY"
            : "NOT_GRADABLE");
    }

    private string TimesBaseline() => baseline is null ? "none" : Highest(after
        .Where(result => result.MayBeBaseline && baseline.In(result.Unit!) > 0)
        .Select(result => (result, result.Number!.Value / baseline.In(result.Unit!)))) ?? "none";

    private static string? Highest(IEnumerable<(ModelResult Result, decimal Times)> all)
    {
        (ModelResult Result, decimal Times)? highest = null;
        foreach (var entry in all)
        {
            if (highest is not { } known || Digits.Compare(entry.Times, known.Times) > 0)
            {
                highest = entry;
            }
        }

        return highest is { } found
            ? $"{(found.Result.Qualifier.Length > 0 ? ">= " : "")}{Digits.Text(Digits.Round(found.Times, Digits.OfQuotients))} of {found.Result.Key}"
            : null;
    }

    // A bound lies where all the values lie that it allows, of which none is under 0.
    private static int? SideOfAll(ModelResult result)
    {
        if (result.Qualifier.Length == 0 || result.Side is null)
        {
            return result.Side;
        }

        var (bound, isReached) = (result.Number!.Value, result.Qualifier.Length == 2);
        var (least, most) = result.Qualifier[0] == '<'
            ? (result with { Number = 0 }).Side is { } lowest ? (lowest, Beside(result, bound, isReached, above: false)) : default
            : (Beside(result, bound, isReached, above: true), result.High is null ? 0 : 1);
        return least == most ? least : null;
    }

    // Of a bound that is not among the values, the side of what comes right before or behind it.
    private static int Beside(ModelResult result, decimal bound, bool isReached, bool above)
    {
        if (isReached)
        {
            return result.Side!.Value;
        }

        return above
            ? result.High is { } high && Digits.Compare(bound, high) >= 0 ? 1 : result.Low is { } low && Digits.Compare(bound, low) < 0 ? -1 : 0
            : result.Low is { } under && Digits.Compare(bound, under) <= 0 ? -1 : result.High is { } over && Digits.Compare(bound, over) > 0 ? 1 : 0;
    }

    private static bool IsUpperBound(ModelResult result) => result.Qualifier.StartsWith('<');

    private static string Word(int? side) => side switch { -1 => "LOW", 0 => "NORMAL", 1 => "HIGH", _ => "NOT_GRADABLE" };

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
