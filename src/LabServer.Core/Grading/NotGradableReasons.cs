using System.Numerics;

namespace LabServer.Core.Grading;

/// <summary>The stable machine words of <see cref="NotGradableReason"/>, as files and messages carry them.</summary>
public static class NotGradableReasons
{
    /// <summary>The word of a reason, for example <c>UPPER_LIMIT_MISSING</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reason is not a defined one.</exception>
    public static string Word(this NotGradableReason reason) => reason switch
    {
        NotGradableReason.NotEvaluated => "NOT_EVALUATED",
        NotGradableReason.ValueMissing => "VALUE_MISSING",
        NotGradableReason.ValueNotANumber => "VALUE_NOT_A_NUMBER",
        NotGradableReason.UnitMissing => "UNIT_MISSING",
        NotGradableReason.UnitUnknown => "UNIT_UNKNOWN",
        NotGradableReason.UpperLimitMissing => "UPPER_LIMIT_MISSING",
        NotGradableReason.LowerLimitMissing => "LOWER_LIMIT_MISSING",
        NotGradableReason.BaselineMissing => "BASELINE_MISSING",
        NotGradableReason.PercentChangeUndefined => "PERCENT_CHANGE_UNDEFINED",
        NotGradableReason.BirthDateMissing => "BIRTH_DATE_MISSING",
        NotGradableReason.CollectionDateMissing => "COLLECTION_DATE_MISSING",
        NotGradableReason.AgeNegative => "AGE_NEGATIVE",
        NotGradableReason.SexMissing => "SEX_MISSING",
        NotGradableReason.PopulationNotGraded => "POPULATION_NOT_GRADED",
        NotGradableReason.NotGraded => "NOT_GRADED",
        NotGradableReason.TermUnknown => "TERM_UNKNOWN",
        NotGradableReason.ValueIsText => "VALUE_IS_TEXT",
        NotGradableReason.BoundUndecided => "BOUND_UNDECIDED",
        NotGradableReason.SpecimenSpoiled => "SPECIMEN_SPOILED",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a defined reason"),
    };

    /// <summary>The reason for the first thing that was missing.</summary>
    internal static NotGradableReason ReasonOf(Missing missing) => BitOperations.TrailingZeroCount((int)missing) switch
    {
        0 => NotGradableReason.UpperLimitMissing,
        1 => NotGradableReason.LowerLimitMissing,
        2 => NotGradableReason.BaselineMissing,
        3 => NotGradableReason.PercentChangeUndefined,
        4 => NotGradableReason.BirthDateMissing,
        5 => NotGradableReason.CollectionDateMissing,
        6 => NotGradableReason.AgeNegative,
        _ => NotGradableReason.SexMissing,
    };
}
