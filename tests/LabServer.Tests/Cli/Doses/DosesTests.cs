using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Doses;

/// <summary><c>doses import</c> and <c>list</c>, and the doses of <c>subjects import --exposure</c>.</summary>
public sealed class DosesTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Exposure = """
        USUBJID,EXSEQ,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXENDTC,EXOCCUR
        001,2,MSC,4e7,CELLS,2020-03-05,,Y
        001,1,MSC,4e7,CELLS,2020-03-02T10:00,2020-03-02T11:00,Y
        002,1,MSC,4e7,CELLS,,,N

        """;

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Import_ExposureTwice_IsStoredOnceAndListedBySubjectAndStart()
    {
        await _subjects.Bring("DOSE-1");
        var file = _subjects.File("ex.csv", Exposure);

        var first = await _subjects.Done($"doses import {file} --study DOSE-1 --format csv");
        var again = await _subjects.Done($"doses import {file} --study DOSE-1 --format csv");
        var changed = await _subjects.Done(
            $"doses import {_subjects.File("ex2.csv", Exposure.Replace("001,2,MSC,4e7", "001,2,MSC,2e7", StringComparison.Ordinal))} --study DOSE-1 --format csv");

        Assert.Equal("rows,created,updated,unchanged,rejected\n3,3,0,0,0\n", first.Output);
        Assert.Equal("rows,created,updated,unchanged,rejected\n3,0,0,3,0\n", again.Output);
        Assert.Equal("rows,created,updated,unchanged,rejected\n3,0,1,2,0\n", changed.Output);
        Assert.Equal(
            """
            subject_id,dose_id,treatment,amount,unit,start_at,end_at,visit,visit_number,not_given
            001,1,MSC,4e7,CELLS,2020-03-02T10:00,2020-03-02T11:00,,,
            001,2,MSC,2e7,CELLS,2020-03-05,,,,
            002,1,MSC,4e7,CELLS,,,,,Y

            """,
            (await _subjects.Done("doses list --study DOSE-1 --format csv")).Output);
        Assert.Equal(["1", "2"], (await _subjects.Done("doses list --study DOSE-1 --subject 001 --format json")).Each("doseId"));
        Assert.Single((await _subjects.Done("doses list --study DOSE-1 --limit 1 --format json")).Json.AsArray());
    }

    [Theory]
    [InlineData("001,1,MSC,-1,CELLS,2020-03-02,,Y", "EXDOSE", "DOSE_MALFORMED")]
    [InlineData("001,1,,1,CELLS,2020-03-02,,Y", "EXTRT", "FIELD_MISSING")]
    [InlineData("001,1,MSC,1,CELLS,,,Y", "EXSTDTC", "FIELD_MISSING")]
    [InlineData("001,1,MSC,1,CELLS,2020-02-30,,Y", "EXSTDTC", "DATE_MALFORMED")]
    [InlineData("001,1,MSC,1,CELLS,2999-01-01,,Y", "EXSTDTC", "DATE_IN_FUTURE")]
    [InlineData("001,1,MSC,1,CELLS,2020-03-02,2020-03-01,Y", "EXENDTC", "END_BEFORE_START")]
    [InlineData("099,1,MSC,1,CELLS,2020-03-02,,Y", "USUBJID", "SUBJECT_UNKNOWN")]
    public async Task Import_FaultyRecord_NamesRowColumnAndReasonAndStoresTheOther(string record, string column, string reason)
    {
        var study = $"DOSE-{Guid.NewGuid():N}";
        await _subjects.Bring(study);
        var file = _subjects.File("ex.csv", $"USUBJID,EXSEQ,EXTRT,EXDOSE,EXDOSU,EXSTDTC,EXENDTC,EXOCCUR\n{record}\n003,1,PLACEBO,0,,2020-03-02,,Y\n");

        var call = await _subjects.Labctl($"doses import {file} --study {study} --format csv");

        Assert.Equal((3, "rows,created,updated,unchanged,rejected\n2,1,0,0,1\n"), (call.ExitCode, call.Output));
        Assert.StartsWith($"{file}, row 2, column {column}: ", call.Error, StringComparison.Ordinal);
        Assert.EndsWith($" ({reason})\n", call.Error, StringComparison.Ordinal);
        Assert.Equal(["003"], (await _subjects.Done($"doses list --study {study} --format json")).Each("subjectId"));
    }

    [Fact]
    public async Task List_UnknownStudyOrSubject_FailsAndNamesIt()
    {
        await _subjects.Bring("DOSE-2");

        await _subjects.Fails("doses list --study DOSE-2 --subject 099", "SUBJECT_NOT_FOUND", "'099'");
        await _subjects.Fails("doses list --study NO-SUCH", "STUDY_NOT_FOUND", "'NO-SUCH'");
        await _subjects.Fails($"doses import {_subjects.File("ex.csv", Exposure)} --study NO-SUCH", "STUDY_NOT_FOUND", "'NO-SUCH'");
    }

    [Fact]
    public async Task ImportSubjects_WithExposure_StoresEveryDoseRecordToo()
    {
        await _subjects.Done("studies create DOSE-3");
        var subjects = _subjects.File("dm.csv", "USUBJID,ARM,ACTARM,SEX\n001,MSC,MSC,M\n002,MSC,MSC,F\n");
        var exposure = _subjects.File("ex.csv", Exposure);
        var faulty = _subjects.File("ex-faulty.csv", Exposure.Replace("001,2,MSC,4e7", "001,2,MSC,much", StringComparison.Ordinal));

        var stored = await _subjects.Done($"subjects import {subjects} --study DOSE-3 --exposure {exposure} --format json");
        var refused = await _subjects.Labctl($"subjects import {subjects} --study DOSE-3 --exposure {faulty} --format json");

        Assert.Equal((2, 3, 3), (Count(stored, "created"), Count(stored, "doses"), Count(stored, "dosesCreated")));
        Assert.Equal("2020-03-02T10:00,", string.Join(',', (await _subjects.Done("subjects list --study DOSE-3 --format json")).Each("firstDoseAt")));
        Assert.Equal((3, 2, 1), (refused.ExitCode, Count(refused, "dosesUnchanged"), Count(refused, "dosesRejected")));
        Assert.StartsWith($"{faulty}, row 2, column EXDOSE: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportSubjects_ExposureWithoutTreatments_TakesTheFirstDosesAndSaysThatNoRecordWasStored()
    {
        await _subjects.Done("studies create DOSE-4");
        var subjects = _subjects.File("dm.csv", "USUBJID,ARM,ACTARM,SEX\n001,MSC,MSC,M\n");
        var exposure = _subjects.File("ex.csv", "USUBJID,EXSTDTC\n001,2020-03-02\n");

        var call = await _subjects.Labctl($"subjects import {subjects} --study DOSE-4 --exposure {exposure} --format json");

        Assert.Equal((0, 1), (call.ExitCode, Count(call, "created")));
        Assert.Equal($"labctl: {exposure} has no column EXTRT: no dose record was stored.\n", call.Error);
        Assert.Equal(["2020-03-02"], (await _subjects.Done("subjects list --study DOSE-4 --format json")).Each("firstDoseAt"));
        Assert.Empty((await _subjects.Done("doses list --study DOSE-4 --format json")).Json.AsArray());
    }

    private static int Count(LabctlCall call, string name) => call.Json[name]!.GetValue<int>();
}
