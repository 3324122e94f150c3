using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

/// <summary>ALT without limits, ctcae-5.0: over ULN is grade 1.</summary>
public sealed class ReferenceRangesServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] SixTests = ["ALT", "AST", "LDH", "CK", "GGT", "ALP"];

    [Fact]
    public async Task ImportReferenceRanges_NotApplied_IsAVersionThatChangesNoGrade()
    {
        var trial = await Graded(Bare("d", "45"));

        var imported = await Import(trial, Range("40"));

        Assert.Equal((1, true, 1, false, 0), (imported.Version, imported.Created, imported.Ranges, imported.InForce, imported.MarkedSeries));
        Assert.Equal(0, (await trial.Counts()).Pending);
        Assert.Empty((await trial.Ranges.ListReferenceRangesAsync(new ListReferenceRangesRequest { StudyId = trial.StudyId })).Ranges);
    }

    [Fact]
    public async Task ImportReferenceRanges_AgainTheSame_IsTheSameVersion()
    {
        var trial = await Graded(Bare("d", "45"));
        await Import(trial, apply: true, Range("40"));

        var again = await Import(trial, apply: true, Range("40.0"));

        Assert.Equal((1, false, true, 0), (again.Version, again.Created, again.InForce, again.MarkedSeries));
    }

    [Fact]
    public async Task ImportReferenceRanges_AppliedAtOnce_IsTakenUpAndExplained()
    {
        var trial = await Graded(Bare("b", "39", "2021-02-27"), Bare("d", "45"));

        var imported = await Import(trial, apply: true, Range("40", from: "2021-03-01"), Range("(39)", to: "2021-03-01"));
        var counts = await trial.Grade();
        var found = (await trial.Grading.ExplainGradeAsync(
            new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = "d", RuleSetId = "ctcae-5.0" })).Explanations.Single();

        Assert.Equal((1, true), (imported.MarkedSeries, imported.InForce));
        Assert.True(counts.Differences > 0);
        Assert.Equal((RangeSource.Laboratory, 1, "2021-03-01", 40), (found.Value.RangeSource, found.Value.RangeVersion, found.Value.RangeEffectiveFrom, found.Value.UpperLimit));
        Assert.Equal((RangeIndicator.High, "2021-03-01", false), (found.Baseline.RangeIndicator, found.Baseline.LaboratoryRange.EffectiveTo, found.Baseline.LaboratoryRange.HighInclusive));
    }

    [Fact]
    public async Task ExplainGrade_LimitsSentWithTheResult_SaysSo()
    {
        var trial = await Graded(Trial.Alt("d", "45"));
        await Import(trial, apply: true, Range("50"));
        await trial.Grade();

        var value = (await trial.Grading.ExplainGradeAsync(
            new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = "d", RuleSetId = "ctcae-5.0" })).Explanations.Single().Value;

        Assert.Equal((RangeSource.Result, 0, "", null, 40), (value.RangeSource, value.RangeVersion, value.RangeEffectiveFrom, value.LaboratoryRange, value.UpperLimit));
    }

    [Fact]
    public async Task ImportReferenceRanges_FaultyRows_AnswersEveryFaultAndStoresNothing()
    {
        var trial = await Trial.Create(server);
        var faulty = new ReferenceRange { TestCode = "NOTEST", High = "x", Unit = "U/L", AgeFrom = 3 };

        var answer = await Import(trial, apply: true, Range("40"), faulty, Range("45"));

        Assert.Equal((0, false, false), (answer.Version, answer.Created, answer.InForce));
        Assert.Equal(
            ["1 test_code TEST_UNKNOWN", "1 age_from_unit FIELD_MISSING", "1 high RANGE_MALFORMED", "2 test_code RANGE_OVERLAP"],
            answer.Faults.Select(fault => $"{fault.Position} {fault.Fault.Field} {fault.Fault.Code}"));
        Assert.Equal((true, 0), (answer.Faults[3].HasOtherPosition, answer.Faults[3].OtherPosition));
        Assert.Empty(await Versions(trial));
    }

    [Fact]
    public async Task ImportReferenceRanges_ValidateOnly_StoresNothing()
    {
        var trial = await Trial.Create(server);

        var answer = await trial.Ranges.ImportReferenceRangesAsync(
            new ImportReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Ranges = { Range("40") }, ValidateOnly = true });

        Assert.Equal((0, 0), (answer.Version, answer.Faults.Count));
        Assert.Empty(await Versions(trial));
    }

    [Fact]
    public async Task ImportReferenceRanges_Add_KeepsTheOthersOfTheNewestVersion()
    {
        var trial = await Trial.Create(server);
        await Import(trial, Range("40"));
        var add = new ImportReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Add = true, Ranges = { Range("250", "LDH") } };

        var added = await trial.Ranges.ImportReferenceRangesAsync(add);
        var again = await trial.Ranges.ImportReferenceRangesAsync(add);
        var second = await trial.Ranges.ListReferenceRangesAsync(new ListReferenceRangesRequest { StudyId = trial.StudyId, Version = 2 });

        Assert.Equal((2, 2), (added.Version, added.Ranges));
        Assert.Equal("RANGE_OVERLAP", Assert.Single(again.Faults).Fault.Code);
        Assert.False(again.Faults[0].HasOtherPosition);
        Assert.Equal(["ALT 40", "LDH 250"], second.Ranges.Select(row => $"{row.Range.TestCode} {row.Range.High}"));
    }

    [Fact]
    public async Task ImportReferenceRanges_ManyAtOnce_EachAddsToWhatTheOthersStored()
    {
        var trial = await Trial.Create(server);

        var answers = await Task.WhenAll(SixTests.Select(async test => await trial.Ranges.ImportReferenceRangesAsync(
            new ImportReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Add = true, Ranges = { Range("40", test) } })));

        Assert.Equal(Enumerable.Range(1, 6), answers.Select(answer => answer.Version).Order());
        Assert.Equal(6, answers.Max(answer => answer.Ranges));
    }

    [Fact]
    public async Task ApplyReferenceRanges_OlderVersion_IsPutBackAndBothAreInTheHistory()
    {
        var trial = await Graded(Bare("d", "45"));
        await Import(trial, apply: true, Range("40"));
        await Import(trial, apply: true, Range("50"));
        await trial.Grade();

        var applied = await trial.Ranges.ApplyReferenceRangesAsync(
            new ApplyReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Version = 1, Reason = "wrong sheet" });
        var counts = await trial.Grade();
        var versions = await Versions(trial);

        Assert.Equal((1, 2, 1), (applied.Version, applied.VersionBefore, applied.MarkedSeries));
        Assert.True(counts.Differences > 0);
        Assert.Equal(["0 False 0", "1 True 2", "2 False 1"], versions.Select(version => $"{version.Version} {version.InForce} {version.Applications.Count}"));
        Assert.Equal(("admin", "wrong sheet"), (versions[1].Applications[1].AppliedBy, versions[1].Applications[1].Reason));
    }

    [Fact]
    public async Task ListReferenceRanges_PageByPage_GivesEachOnceInOrderAndByTest()
    {
        var trial = await Trial.Create(server);
        await Import(trial, apply: true, Range("40"), Range("41", "AST"), Range("42", "LDH"));
        var request = new ListReferenceRangesRequest { StudyId = trial.StudyId, PageSize = 2 };

        var first = await trial.Ranges.ListReferenceRangesAsync(request);
        request.PageToken = first.NextPageToken;
        var second = await trial.Ranges.ListReferenceRangesAsync(request);
        var ofAlias = await trial.Ranges.ListReferenceRangesAsync(new ListReferenceRangesRequest { StudyId = trial.StudyId, TestCode = "got" });

        Assert.Equal(["ALT", "AST", "LDH"], first.Ranges.Concat(second.Ranges).Select(row => row.Range.TestCode));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(["AST"], ofAlias.Ranges.Select(row => row.Range.TestCode));
        await Refused.With(
            StatusCode.NotFound,
            "TEST_NOT_FOUND",
            trial.Ranges.ListReferenceRangesAsync(new ListReferenceRangesRequest { StudyId = trial.StudyId, TestCode = "NOTEST" }));
    }

    [Fact]
    public async Task ListOutdatedRanges_ResultsWithoutLimits_NamesLaboratoryTestAndReason()
    {
        var trial = await Graded(Bare("d", "45"), Bare("e", "45", "2021-03-09"));

        var none = Assert.Single((await trial.Ranges.ListOutdatedRangesAsync(new ListOutdatedRangesRequest { StudyId = trial.StudyId })).Ranges);
        await Import(trial, Range("40"));
        var waiting = Assert.Single((await trial.Ranges.ListOutdatedRangesAsync(new ListOutdatedRangesRequest { StudyId = trial.StudyId })).Ranges);

        Assert.Equal(("CENTRAL", "ALT", OutdatedReason.None, null, 2, "2021-03-09"), (none.Laboratory, none.TestCode, none.Reason, none.Range, none.Results, none.LastCollectedAt));
        Assert.Equal((OutdatedReason.NotApplied, "40", 1, 2), (waiting.Reason, waiting.Range.High, waiting.Version, waiting.Results));
    }

    [Fact]
    public async Task EveryCall_StudyUnknownOrFieldsMissing_SaysWhich()
    {
        var trial = await Trial.Create(server);
        await Import(trial, Range("40"));

        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Ranges.ImportReferenceRangesAsync(new ImportReferenceRangesRequest { StudyId = "NO-SUCH" }));
        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Ranges.ListReferenceRangeVersionsAsync(new ListReferenceRangeVersionsRequest { StudyId = "NO-SUCH" }));
        await Refused.With(StatusCode.InvalidArgument, "STUDY_MISSING", trial.Ranges.ListOutdatedRangesAsync(new ListOutdatedRangesRequest()));
        await Refused.With(
            StatusCode.InvalidArgument,
            "PAGE_TOKEN_MALFORMED",
            trial.Ranges.ListReferenceRangesAsync(new ListReferenceRangesRequest { StudyId = trial.StudyId, PageToken = "x" }));
        var import = await Refused.With(
            StatusCode.InvalidArgument, "IMPORT_INVALID", trial.Ranges.ImportReferenceRangesAsync(new ImportReferenceRangesRequest { StudyId = trial.StudyId }));
        var apply = await Refused.With(
            StatusCode.InvalidArgument, "APPLICATION_INVALID", trial.Ranges.ApplyReferenceRangesAsync(new ApplyReferenceRangesRequest { StudyId = trial.StudyId }));
        await Refused.With(
            StatusCode.NotFound,
            "REFERENCE_RANGE_VERSION_NOT_FOUND",
            trial.Ranges.ApplyReferenceRangesAsync(new ApplyReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Version = 2, Reason = "r" }));

        Assert.Equal(["laboratory", "ranges"], import.Fields());
        Assert.Equal(["laboratory", "reason", "version"], apply.Fields());
    }

    [Fact]
    public async Task ImportReferenceRanges_MoreThanAVersionHolds_IsRefused()
    {
        var trial = await Trial.Create(server);

        await Refused.With(
            StatusCode.InvalidArgument,
            "TOO_MANY_RANGES",
            trial.Ranges.ImportReferenceRangesAsync(new ImportReferenceRangesRequest
            {
                StudyId = trial.StudyId,
                Laboratory = "CENTRAL",
                Ranges = { Enumerable.Repeat(Range("40"), 10_001) },
            }));
    }

    private async Task<Trial> Graded(params LabResult[] results)
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(results);
        await trial.Grade();
        return trial;
    }

    private static LabResult Bare(string id, string value, string collectedAt = "2021-03-05")
    {
        var result = Trial.Alt(id, value, collectedAt);
        (result.ReferenceLow, result.ReferenceHigh) = ("", "");
        return result;
    }

    // A limit in brackets is not normal itself.
    private static ReferenceRange Range(string high, string test = "ALT", string from = "", string to = "") => new()
    {
        TestCode = test,
        High = high.Trim('(', ')'),
        HighInclusive = !high.StartsWith('('),
        Unit = "U/L",
        EffectiveFrom = from,
        EffectiveTo = to,
    };

    private static Task<ImportReferenceRangesResponse> Import(Trial trial, params ReferenceRange[] ranges) => Import(trial, apply: false, ranges);

    private static async Task<ImportReferenceRangesResponse> Import(Trial trial, bool apply, params ReferenceRange[] ranges) =>
        await trial.Ranges.ImportReferenceRangesAsync(
            new ImportReferenceRangesRequest { StudyId = trial.StudyId, Laboratory = "CENTRAL", Apply = apply, Ranges = { ranges } });

    private static async Task<IReadOnlyList<ReferenceRangeVersion>> Versions(Trial trial) =>
        (await trial.Ranges.ListReferenceRangeVersionsAsync(new ListReferenceRangeVersionsRequest { StudyId = trial.StudyId })).Versions;
}
