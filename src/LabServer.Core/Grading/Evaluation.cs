using System.Globalization;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Grades rows of text under one rule set, as <c>grading evaluate</c> does. Never throws on what a row holds, and gives
/// every row an answer. Allocates nothing per row; not for use by two threads at once.
/// </summary>
/// <param name="ruleSet">The rules.</param>
public sealed class Evaluation(RuleSet ruleSet)
{
    private static readonly string[] Grades = ["0", "1", "2", "3", "4"];
    private static readonly string[] AtLeast = ["", "AT_LEAST_1", "AT_LEAST_2", "AT_LEAST_3", "AT_LEAST_4"];

    // Files name few units and terms, often. Bounded, because a file of nonsense may name any number.
    private const int MostUnits = 1_000;
    private readonly Dictionary<string, string?> _units = new(StringComparer.Ordinal);

    // Rows of one series follow each other, and have the same limits and baseline: a number that was just read is not read again.
    private (string? Text, double? Number) _lowerLimit, _upperLimit, _baseline, _baselineLowerLimit, _baselineUpperLimit;

    /// <summary>The answer to one row.</summary>
    public EvaluationResult Evaluate(in EvaluationRow row)
    {
        var id = row.Id ?? string.Empty;
        var name = row.Term ?? string.Empty;
        if ((ruleSet.Find(name) ?? ruleSet.Find(name.Trim())) is not { } term)
        {
            return new EvaluationResult(id, name, string.Empty, string.Empty, NotGradableReason.TermUnknown.Word());
        }

        var malformed = Read(row, term, out var input);
        var outcome = malformed is null ? Grader.Grade(term, input) : default;
        return new EvaluationResult(
            id,
            term.Name,
            term.Direction == ToxicityDirection.Low ? "low" : "high",
            outcome.Grade is { } grade && !outcome.IsAtLeast ? Grades[grade] : string.Empty,
            malformed ?? (outcome.IsAtLeast ? AtLeast[outcome.Grade!.Value] : outcome.Reason?.Word()) ?? string.Empty);
    }

    // The word of the first malformed field, or null. Sex and dates count only for a term that asks for them: a partial
    // birth date must not cost a grade that does not depend on age.
    private string? Read(in EvaluationRow row, Term term, out GradeInput input)
    {
        input = default;
        var qualifier = ValueQualifier.None;
        if (!TryNumber(row.Value, out var value) && !TryBound(row.Value, out value, out qualifier))
        {
            return "VALUE_MALFORMED";
        }

        if (!TryAgain(row.LowerLimit, ref _lowerLimit, out var lowerLimit))
        {
            return "LLN_MALFORMED";
        }

        if (!TryAgain(row.UpperLimit, ref _upperLimit, out var upperLimit))
        {
            return "ULN_MALFORMED";
        }

        if (!TryAgain(row.Baseline, ref _baseline, out var baseline))
        {
            return "BASELINE_MALFORMED";
        }

        if (!TryAgain(row.BaselineLowerLimit, ref _baselineLowerLimit, out var baselineLowerLimit))
        {
            return "BASELINE_LLN_MALFORMED";
        }

        if (!TryAgain(row.BaselineUpperLimit, ref _baselineUpperLimit, out var baselineUpperLimit))
        {
            return "BASELINE_ULN_MALFORMED";
        }

        var sex = Sex.Unknown;
        DateOnly? birthDate = null;
        DateOnly? collectedOn = null;
        if (term.DependsOnPopulation)
        {
            if (!TrySex(row.Sex, out sex))
            {
                return "SEX_MALFORMED";
            }

            if (!TryDate(row.BirthDate, out birthDate))
            {
                return "BIRTH_DATE_MALFORMED";
            }

            if (!TryDate(row.CollectedOn, out collectedOn))
            {
                return "COLLECTED_ON_MALFORMED";
            }
        }

        if (!TryFact(row.OnAnticoagulation, GradeFacts.OnAnticoagulation, out var facts))
        {
            return "ON_ANTICOAGULATION_MALFORMED";
        }

        if (!TryFact(row.HivInfected, GradeFacts.HivInfected, out var hiv))
        {
            return "HIV_INFECTED_MALFORMED";
        }

        input = new GradeInput
        {
            Value = value,
            Qualifier = qualifier,
            Facts = facts | hiv,
            Unit = Unit(row.Unit),
            LowerLimit = lowerLimit,
            UpperLimit = upperLimit,
            Baseline = baseline,
            BaselineLowerLimit = baselineLowerLimit,
            BaselineUpperLimit = baselineUpperLimit,
            Sex = sex,
            BirthDate = birthDate,
            CollectedOn = collectedOn,
        };
        return null;
    }

    // Null: no unit. A text that names no unit stays as it is, and no criterion has it.
    private string? Unit(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (_units.TryGetValue(text, out var known))
        {
            return known;
        }

        var unit = IsMissing(text) || UnitNames.IsAbsent(text) ? null : UnitNames.Canonical(text) ?? text;
        if (_units.Count < MostUnits)
        {
            _units.Add(text, unit);
        }

        return unit;
    }

    private static bool IsMissing(ReadOnlySpan<char> text) => text.Trim() is "" or "NA" or ".";

    private static bool TryNumber(string? text, out double? number)
    {
        number = null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed))
        {
            number = parsed;
            return true;
        }

        return IsMissing(text);
    }

    // Of the row before; at first null, which is missing.
    private static bool TryAgain(string? text, ref (string? Text, double? Number) before, out double? number)
    {
        if (string.Equals(text, before.Text, StringComparison.Ordinal))
        {
            number = before.Number;
            return true;
        }

        var isNumber = TryNumber(text, out number);
        before = isNumber ? (text, number) : before;
        return isNumber;
    }

    // Off the usual way: the text is known not to be a number.
    private static bool TryBound(string? text, out double? number, out ValueQualifier qualifier)
    {
        var isBound = ReportedValueReader.Read(text, out var value) is null && value.Qualifier != ValueQualifier.None;
        (number, qualifier) = isBound ? ((double?)value.Number, value.Qualifier) : (null, ValueQualifier.None);
        return isBound;
    }

    private static bool TryFact(string? text, GradeFacts fact, out GradeFacts facts)
    {
        var word = text.AsSpan().Trim();
        var stated = word.Equals("Y", StringComparison.OrdinalIgnoreCase);
        facts = stated ? fact : GradeFacts.None;
        return stated || word.IsEmpty || IsMissing(word) || word.Equals("N", StringComparison.OrdinalIgnoreCase) || word.Equals("U", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryDate(string? text, out DateOnly? date)
    {
        date = null;
        if (IsMissing(text))
        {
            return true;
        }

        var day = text.AsSpan().Trim();
        if (day.Length > 10 && day[10] is 'T' or ' ')
        {
            day = day[..10];
        }

        var isDate = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        date = isDate ? parsed : null;
        return isDate;
    }

    private static bool TrySex(string? text, out Sex sex)
    {
        var word = text.AsSpan().Trim();
        sex = word.Equals("M", StringComparison.OrdinalIgnoreCase) ? Sex.Male
            : word.Equals("F", StringComparison.OrdinalIgnoreCase) ? Sex.Female
            : word.Equals("UNDIFFERENTIATED", StringComparison.OrdinalIgnoreCase) ? Sex.Undifferentiated
            : Sex.Unknown;
        return sex != Sex.Unknown || IsMissing(text) || word.Equals("U", StringComparison.OrdinalIgnoreCase);
    }
}
