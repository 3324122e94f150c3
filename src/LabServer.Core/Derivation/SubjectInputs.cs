using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Derivation;

/// <summary>Everything in force of one subject that a formula may look at.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Settings">What its study says.</param>
/// <param name="Catalogue">Tests and units.</param>
/// <param name="Results">Results by time; those of one moment in the order in which series have them.</param>
public sealed record SubjectInputs(
    SeriesSubject Subject, StudySettings Settings, TestCatalogue Catalogue, IReadOnlyList<InputResult> Results)
{
    private readonly ILookup<(string Test, Collection Collection), InputResult> _collections = Results
        .Select(result => (Result: result, Collection: Collection.Of(result)))
        .Where(entry => entry.Collection is not null)
        .ToLookup(entry => (entry.Result.Test.Key, entry.Collection!.Value), entry => entry.Result);

    private readonly ILookup<string, InputResult> _tests = Results.ToLookup(result => result.Test.Key, StringComparer.Ordinal);

    /// <summary>With results that were derived from these, which later formulas look at like any others.</summary>
    internal SubjectInputs With(IEnumerable<DerivedResult> derived) => new(
        Subject,
        Settings,
        Catalogue,
        [.. Results.Concat(derived.Select(AsInput).OrderBy(result => result.Order)).OrderBy(result => result.Observation.CollectedUs)]);

    private InputResult AsInput(DerivedResult derived)
    {
        var test = Catalogue.FindKey(derived.Formula.Test)
            ?? throw new InvalidOperationException($"Derived test {derived.Formula.Test} is not in the catalogue.");
        var result = derived.ToResult("", "", version: 0);
        var primary = derived.Primary.Observation;
        ReportedValueReader.Read(result.ReportedValue, out var value);
        var observation = new Observation
        {
            ResultKey = 0,
            CollectedUs = primary.CollectedUs,
            CollectedAt = primary.CollectedAt,
            Value = (double?)value.Number,
            Qualifier = value.Qualifier,
            Unit = test.FindUnit(result.ReportedUnit)?.Code,
            LaboratoryKey = primary.LaboratoryKey,
            Status = result.Status,
            SpecimenCondition = result.SpecimenCondition,
            IsDerived = true,
        };
        var sent = derived.Primary.Sent with { Laboratory = DerivedResult.Laboratory, SourceResultId = derived.SourceResultId };
        return new InputResult(test, SeriesPreparation.Prepare([observation], Subject, test, StudyRanges.None)[0], sent);
    }

    /// <summary>Results of a test by time.</summary>
    internal IEnumerable<InputResult> Of(string test) => _tests[test];

    /// <summary>Results of a test in a collection.</summary>
    internal IEnumerable<InputResult> Of(string test, Collection collection) => _collections[(test, collection)];

    /// <summary>
    /// The result of a test that goes with <paramref name="primary"/>: of its collection and usable; of several, one of
    /// the same laboratory, and of those the last.
    /// </summary>
    internal InputResult? Beside(InputResult primary, string test, Func<InputResult, bool> isUsable) =>
        Collection.Of(primary) is { } collection
            ? Of(test, collection).Where(isUsable).OrderBy(result => result.Observation.LaboratoryKey == primary.Observation.LaboratoryKey).LastOrDefault()
            : null;

    /// <summary>The last exact number of a test that was taken up to the end of a day, for what does not change from hour to hour.</summary>
    internal InputResult? LastUpTo(DateOnly day, string test, string unit) =>
        Of(test).LastOrDefault(result => result.ExactIn(unit) > 0 && Day(result) is { } taken && taken <= day);

    /// <summary>The day of collection in the study's zone; null when it is not known to the day.</summary>
    internal DateOnly? Day(InputResult result) => SeriesSubject.Date(result.Observation.CollectedAt, Subject.Zone);

    /// <summary>Completed years at a day; null without a birth date known to the day.</summary>
    internal int? Age(DateOnly day) =>
        Subject.BirthDate is { } birth && birth <= day ? Grading.Age.Of(birth, day).Years : null;
}
