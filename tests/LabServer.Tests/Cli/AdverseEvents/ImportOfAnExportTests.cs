using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.AdverseEvents;

/// <summary>An exported AE that is imported again: no event is counted a second time.</summary>
public sealed class ImportOfAnExportTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Header = "report_id,subject_id,reported_term,coded_term,onset,grade,outcome,comment\n";

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Theory]
    [InlineData("OWN-1", "")]
    [InlineData("OWN-2", " --amend")]
    public async Task Import_IntoItsOwnStudy_AddsAndChangesNothing(string study, string amend)
    {
        await Bring(study);
        await _subjects.Done($"adverse-events import {_subjects.File("reports.csv", Header + "C,004,spots,Rash,2020-03-06,1,,on both arms\n")} --study {study}");
        var before = (await _subjects.Done($"adverse-events list --study {study} --format json")).Output;

        var again = await _subjects.Labctl($"adverse-events import {await Export(study)} --study {study}{amend} --format json");

        Assert.Equal(
            (3, "7", "0", "2", "0", "5"),
            (again.ExitCode, $"{again.Json["rows"]}", $"{again.Json["created"]}", $"{again.Json["duplicate"]}", $"{again.Json["amended"]}", $"{again.Json["rejected"]}"));
        // The comment of the last one is not in the export: taken for a correction it would be lost.
        Assert.Equal(
            [
                "2 AESPID EVENT_GRADED", "3 AESPID EVENT_GRADED", "6 AESPID EVENT_GRADED", "7 AESPID EVENT_GRADED", "8 AESPID EVENT_ON_FILE",
            ],
            again.Json["faults"]!.AsArray().Select(fault => $"{fault!["row"]} {fault["column"]} {fault["code"]}"));
        Assert.Equal(before, (await _subjects.Done($"adverse-events list --study {study} --format json")).Output);
    }

    [Fact]
    public async Task Import_IntoAnotherStudy_TakesReportsUnderTheirOwnIdsAndLeavesGradedEventsToGrading()
    {
        await Bring("FROM-1");
        await _subjects.Bring("TO-1");
        var first = await _subjects.Labctl($"adverse-events import {await Export("FROM-1")} --study TO-1");
        // A graded event before the others: every row has another AESEQ.
        await _subjects.Push("FROM-1", FourSubjects.Header + "A9,001,GLUC,30,mg/dL,70,100,2020-03-03,DAY 3\n");
        await _subjects.Done("grading run --study FROM-1");

        var second = await _subjects.Labctl($"adverse-events import {await Export("FROM-1")} --study TO-1");

        Assert.Equal((3, "2", "4"), (first.ExitCode, first.Record["created"], first.Record["rejected"]));
        Assert.Contains(
            "row 2, column AESPID: Grading found this event: the results bring it, and a report would count it a second time. (EVENT_GRADED)",
            first.Error, StringComparison.Ordinal);
        Assert.Equal((3, "0", "2", "5"), (second.ExitCode, second.Record["created"], second.Record["duplicate"], second.Record["rejected"]));
        var listed = await _subjects.Done("adverse-events list --study TO-1 --format json");
        Assert.Equal(["Cough", "Fatigue"], listed.Each("term"));
    }

    [Fact]
    public async Task Import_IdsThatAnotherSystemGave_AreNoneOfOurs()
    {
        await _subjects.Bring("OTHER-1");
        var file = _subjects.File("ae.csv", """
            USUBJID,AESEQ,AESPID,AEREFID,AETERM,AESTDTC,AETOXGR
            001,1,AE-1,R1,coughing,2020-03-05,1
            001,2,AR-0123456789abcdef0123456X,R1,rash,2020-03-05,1

            """);

        Assert.Equal("2", (await _subjects.Done($"adverse-events import {file} --study OTHER-1")).Record["created"]);
        Assert.Equal("2", (await _subjects.Done($"adverse-events import {file} --study OTHER-1")).Record["duplicate"]);
    }

    // Four graded events and two reported ones.
    private async Task Bring(string study)
    {
        await _subjects.BringGraded(study);
        var reports = _subjects.File("reports.csv", Header + "A,001,coughing,Cough,2020-03-15,1,RECOVERED,\nB,002,weary,Fatigue,2020-03,2,,\n");
        await _subjects.Done($"adverse-events import {reports} --study {study}");
    }

    private async Task<string> Export(string study)
    {
        var path = Path.Combine(_subjects.Folder, "ae.csv");
        var call = await _subjects.Labctl($"export ae --study {study} --rule-set ctcae-5.0 --out {path}");
        Assert.Equal(0, call.ExitCode);
        return path;
    }
}
