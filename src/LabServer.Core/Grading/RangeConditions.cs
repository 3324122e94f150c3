using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Whether a laboratory's range is for a result: true or false when it is so for every day of birth and collection that
/// the texts can mean, else unknown.
/// </summary>
internal static class RangeConditions
{
    /// <summary>Sex, age and date of collection together. The method is not looked at.</summary>
    public static Truth Hold(LaboratoryRange range, SeriesSubject subject, (DateOnly First, DateOnly Last)? collected) =>
        HoldForSubject(range, subject, collected) & HoldsForDate(range, collected);

    /// <summary>Sex and age alone.</summary>
    public static Truth HoldForSubject(LaboratoryRange range, SeriesSubject subject, (DateOnly First, DateOnly Last)? collected)
    {
        var sex = range.Sex is not { } wanted ? Truth.True
            : subject.Sex == Sex.Unknown ? Truth.Unknown(Missing.Sex)
            : Truth.Of(subject.Sex == wanted);
        return range.AgeFrom is null && range.AgeTo is null ? sex : sex & AgeHolds(range, subject.BirthDays, collected);
    }

    private static Truth HoldsForDate(LaboratoryRange range, (DateOnly First, DateOnly Last)? collected)
    {
        if (range.EffectiveFrom is null && range.EffectiveTo is null)
        {
            return Truth.True;
        }

        if (collected is not { } days)
        {
            return Truth.Unknown(Missing.CollectionDate);
        }

        var begun = range.EffectiveFrom is { } from ? All(days.First >= from, days.Last >= from, Missing.CollectionDate) : Truth.True;
        return range.EffectiveTo is { } to ? begun & All(days.First < to, days.Last < to, Missing.CollectionDate) : begun;
    }

    // Age grows with the day of collection and falls with the day of birth, so the two extremes decide for all between.
    private static Truth AgeHolds(
        LaboratoryRange range, (DateOnly First, DateOnly Last)? birth, (DateOnly First, DateOnly Last)? collected)
    {
        if (birth is not { } born || collected is not { } days)
        {
            return Truth.Unknown((birth is null ? Missing.BirthDate : Missing.None) | (collected is null ? Missing.CollectionDate : Missing.None));
        }

        if (days.First < born.Last)
        {
            return Truth.Unknown(Missing.Age);
        }

        return Holds(range.AgeFrom) & Holds(range.AgeTo);

        Truth Holds(AgeBound? bound) => bound is null
            ? Truth.True
            : All(bound.Holds(born.Last, days.First), bound.Holds(born.First, days.Last), Missing.Age);
    }

    private static Truth All(bool atOneEnd, bool atTheOther, Missing missing) =>
        atOneEnd == atTheOther ? Truth.Of(atOneEnd) : Truth.Unknown(missing);
}
