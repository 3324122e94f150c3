using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Derivation;

/// <summary>Results of one subject as formulas see them, without a database.</summary>
internal sealed class Given
{
    private readonly List<InputResult> _results = [];

    public Sex Sex { get; init; } = Sex.Male;

    public DateOnly? BirthDate { get; init; } = new DateOnly(1960, 5, 10);

    public StudySettings Settings { get; init; } = new();

    public SubjectInputs Inputs => new(
        new SeriesSubject(Sex, BirthDate, null, TimeZoneInfo.Utc) { SpoiledSpecimens = Settings.SpoiledSpecimens },
        Settings,
        TestCatalogue.Default,
        [.. _results.OrderBy(result => result.Order).OrderBy(result => result.Observation.CollectedUs)]);

    /// <summary>A result; <paramref name="value"/> with its unit behind a blank, as in <c>2.05 mmol/L</c>.</summary>
    public Given With(
        string test, string value, string at = "2021-05-09", string laboratory = "CENTRAL", string? id = null, string visit = "",
        string specimen = "", bool spoiled = false, ResultStatus status = ResultStatus.Final)
    {
        var parts = value.Split(' ', 2);
        var definition = TestCatalogue.Default.FindKey(test)!;
        Assert.Null(ReportedValueReader.Read(parts[0], out var read));
        Assert.True(PartialDateTime.TryRead(at, out var collected, out _));
        var isBarred = read.Number is null || (spoiled && Settings.SpoiledSpecimens == SpoiledSpecimens.NotGradable);
        _results.Add(new InputResult(
            definition,
            new Observation
            {
                ResultKey = _results.Count + 1,
                CollectedUs = collected.StartUtc(TimeZoneInfo.Utc),
                CollectedAt = at,
                Value = (double?)read.Number,
                Qualifier = read.Qualifier,
                Unit = definition.FindUnit(parts.Length > 1 ? parts[1] : "")!.Code,
                LaboratoryKey = laboratory.GetHashCode(StringComparison.Ordinal),
                Status = status,
                SpecimenCondition = spoiled ? "HEMOLYZED" : "",
                IsSpoiled = spoiled,
                Barred = isBarred ? NotGradableReason.SpecimenSpoiled : null,
            },
            new SentFacts { Laboratory = laboratory, SourceResultId = id ?? test, Visit = visit, Specimen = specimen }));
        return this;
    }

    /// <summary>The derived results of a test as <c>value unit</c>, joined; empty when there are none.</summary>
    public string Derive(string test) =>
        string.Join(", ", Of(test).Select(result => $"{result.Value.ReportedValue} {result.Value.ReportedUnit}".TrimEnd()));

    public IEnumerable<DerivedResult> Of(string test) => DerivedResults.Of(Inputs).Where(result => result.Formula.Test == test);
}
