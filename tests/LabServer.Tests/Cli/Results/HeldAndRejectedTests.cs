using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class HeldAndRejectedTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string NotAccepted = FourSubjects.Header + """
        H1,001,NOTEST,1,,,,2020-03-12,DAY 12
        H2,002,ALT,30,bushels,7,40,2020-03-12,DAY 12
        H3,999,ALT,30,U/L,7,40,2020-03-12,DAY 12
        R1,001,ALT,"12,5",U/L,7,40,2020-03-12,DAY 12
        R2,001,ALT,30,U/L,7,40,2999-01-01,DAY 12

        """;

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Held_InAllFormats_SaysWhatEachWaitsFor()
    {
        await _subjects.Bring("HR-1");
        await _subjects.Push("HR-1", NotAccepted);

        var table = (await _subjects.Done("results held --study HR-1")).Table;
        var csv = (await _subjects.Done("results held --study HR-1 --format csv")).Output.Split('\n');
        var json = await _subjects.Done("results held --study HR-1 --limit 2 --format json");

        Assert.Equal(
            ["H1 UNKNOWN_TEST", "H2 UNKNOWN_UNIT", "H3 UNKNOWN_SUBJECT"],
            table.Skip(1).Select(row => $"{row[Array.IndexOf(table[0], "source result id")]} {row[Array.IndexOf(table[0], "hold reasons")]}"));
        Assert.StartsWith("study,laboratory,source_result_id,version,subject_id,", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("HR-1,LAB,H1,1,001,,,NOTEST,1,,,,2020-03-12,,DAY 12,", csv[1], StringComparison.Ordinal);
        Assert.Equal(5, csv.Length);
        Assert.Equal(["H1", "H2"], json.Each("sourceResultId"));
    }

    [Fact]
    public async Task Rejected_InAllFormats_SaysWhatIsWrongWithEach()
    {
        await _subjects.Bring("HR-2");
        await _subjects.Push("HR-2", NotAccepted);

        var table = (await _subjects.Done("results rejected --study HR-2")).Table;
        var csv = (await _subjects.Done("results rejected --study HR-2 --format csv")).Output;
        var json = await _subjects.Done("results rejected --study HR-2 --format json");

        Assert.Equal(
            ["R1 reported_value", "R2 collected_at"],
            table.Skip(1).Select(row => $"{row[Array.IndexOf(table[0], "source result id")]} {row[Array.IndexOf(table[0], "fault fields")]}"));
        Assert.Contains("\nLAB,R1,1,001,,,ALT,\"12,5\",U/L,7,40,2020-03-12,,DAY 12,", csv, StringComparison.Ordinal);
        Assert.Equal(["""["VALUE_MALFORMED"]"""], json.Json.AsArray().Take(1).Select(row => row!["faultCodes"]!.ToJsonString()));
        Assert.All(json.Each("receivedFrom"), from => Assert.Equal("admin", from));
    }

    [Fact]
    public async Task Show_HeldRejectedAndGraded_ShowsWhatIsOnFile()
    {
        await _subjects.BringGraded("HR-3");
        await _subjects.Push("HR-3", NotAccepted);

        var held = (await _subjects.Done("results show H3 --study HR-3")).Table;
        var graded = (await _subjects.Done("results show A3 --study HR-3 --laboratory LAB --format csv")).Output;

        Assert.Equal("UNKNOWN_SUBJECT", held[1][Array.IndexOf(held[0], "hold reasons")]);
        Assert.Contains(",9.5,g/dL,12,16,2020-03-10,,DAY 10,", graded, StringComparison.Ordinal);
        Assert.Contains(",HGB,95,g/L,,false,", graded, StringComparison.Ordinal);
        await _subjects.Fails("results show R1 --study HR-3", "RESULT_NOT_FOUND", "R1");
        await _subjects.Fails("results show A3 --study HR-3 --laboratory OTHER", "RESULT_NOT_FOUND", "A3");
    }

    [Fact]
    public async Task Held_SubjectImportedLater_IsReleasedAndGraded()
    {
        await _subjects.Bring("HR-4");
        await _subjects.Push("HR-4", FourSubjects.Header + "H3,005,ALT,210,U/L,7,40,2020-03-12,DAY 12\n");

        var imported = (await _subjects.Done(
            $"subjects import {_subjects.File("more.csv", "subject_id,arm,sex,birth_date,first_dose_at\n005,MSC,F,1970,2020-03-02\n")} --study HR-4")).Record;
        await _subjects.Done("grading run --study HR-4");

        Assert.Equal("1", imported["released results"]);
        Assert.Equal("none\n", (await _subjects.Done("results held --study HR-4")).Output);
        Assert.Equal(["3"], (await _subjects.Done("adverse-events list --study HR-4 --subject 005 --format json")).Each("worstGrade"));
    }
}
