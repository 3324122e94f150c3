using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.AdverseEvents;

public sealed class ReportCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Report_ThenAmendThenWithdraw_DoesWhatItSays()
    {
        await _subjects.BringGraded("REP-1");

        var reported = await _subjects.Words(
            "adverse-events", "report", "--study", "REP-1", "--subject", "004", "--term", "sudden death", "--coded-term", "Death", "--soc", "General disorders",
            "--onset", "2020-04", "--grade", "5", "--serious", "yes", "--relatedness", "not related", "--outcome", "fatal");

        Assert.Equal((0, "", "created"), (reported.ExitCode, reported.Error, reported.Record["disposition"]));
        var eventId = reported.Record["event id"];
        Assert.Contains(
            "Death / 5",
            (await _subjects.Done("adverse-events list --study REP-1 --subject 004")).Table.Select(row => $"{row[2]} / {row[^1]}"));
        Assert.Contains("\"term\": \"Death\"", (await _subjects.Done("summary adverse-events --study REP-1 --format json")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Death", (await _subjects.Done("summary adverse-events --study REP-1 --laboratory-only")).Output, StringComparison.Ordinal);

        var amended = (await _subjects.Done($"adverse-events amend {eventId} --study REP-1 --grade 4 --outcome unknown")).Record;
        Assert.Equal(("Death", "2020-04", "4"), (amended["term"], amended["onset"], amended["worst grade"]));
        var gone = (await _subjects.Done($"adverse-events withdraw {eventId} --study REP-1 --comment mistake")).Record;
        Assert.Equal("true", gone["removed"]);
        Assert.Empty((await _subjects.Done("adverse-events list --study REP-1 --subject 004 --format json")).Json.AsArray());
        Assert.Contains("Reports:", (await _subjects.Done($"adverse-events show {eventId} --study REP-1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_FaultyOrUnknown_FailsAndSaysWhy()
    {
        await _subjects.BringGraded("REP-2");

        var call = await _subjects.Labctl("adverse-events report --study REP-2 --subject 999 --term Cough --soc Lung --onset 2020-04 --grade 1");
        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Contains("subject_id: The study has no such subject. (SUBJECT_UNKNOWN)", call.Error, StringComparison.Ordinal);
        await _subjects.Fails("adverse-events withdraw AR-none --study REP-2", "EVENT_NOT_FOUND", "AR-none");
        await _subjects.Fails("adverse-events amend AR-none --study REP-2 --grade 1", "EVENT_NOT_FOUND", "AR-none");
        var graded = (await _subjects.Done("adverse-events list --study REP-2 --format json")).Each("eventId")[0];
        await _subjects.Fails($"adverse-events withdraw {graded} --study REP-2", "REPORTED_EVENT_NOT_FOUND", graded!);
        Assert.Contains("graded, not reported", (await _subjects.Labctl($"adverse-events amend {graded} --study REP-2 --grade 1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AmendAndWithdraw_EventChangedSinceItWasLookedAt_AreRefused()
    {
        await _subjects.BringGraded("REP-6");
        var reported = await _subjects.Done("adverse-events report --study REP-6 --subject 004 --term Cough --soc Lung --onset 2020-04 --grade 1 --format json");
        var eventId = $"{reported.Json["eventId"]}";
        var lookedAt = $"{(await _subjects.Done($"adverse-events show {eventId} --study REP-6 --format json")).Json["fingerprint"]}";

        await _subjects.Done($"adverse-events amend {eventId} --study REP-6 --grade 2 --fingerprint {lookedAt}");
        await _subjects.Fails($"adverse-events amend {eventId} --study REP-6 --grade 3 --fingerprint {lookedAt}", "EVENT_CHANGED", eventId);
        await _subjects.Fails($"adverse-events withdraw {eventId} --study REP-6 --fingerprint {lookedAt}", "EVENT_CHANGED", eventId);

        var now = (await _subjects.Done($"adverse-events show {eventId} --study REP-6 --format json")).Json;
        Assert.Equal(("2", "false"), ($"{now["worstGrade"]}", $"{now["removed"]}"));
        Assert.Equal("true", (await _subjects.Done($"adverse-events withdraw {eventId} --study REP-6 --fingerprint {now["fingerprint"]}")).Record["removed"]);
    }

    [Fact]
    public async Task Import_SdtmAe_ReportsTheGoodRowsAndNamesTheFaultyOnes()
    {
        await _subjects.BringGraded("REP-3");
        var file = _subjects.File("ae.csv", """
            USUBJID,AESEQ,AETERM,AEDECOD,AEBODSYS,AESTDTC,AEENDTC,AETOXGR,AESER,AEREL,AEOUT
            001,1,coughing,Cough,Respiratory disorders,2020-03-05,2020-03-09,1,N,REMOTE,RECOVERED/RESOLVED
            002,1,rash,,Skin disorders,2020-03,,2,N,POSSIBLE,NOT RECOVERED/NOT RESOLVED
            002,2,rash,,Skin disorders,2020-03,,SEVERE,N,RELATED,better
            999,1,fever,,,2020-03-05,,1,,,

            """);

        var call = await _subjects.Labctl($"adverse-events import {file} --study REP-3");

        Assert.Equal(3, call.ExitCode);
        Assert.Equal(("4", "2", "2"), (call.Record["rows"], call.Record["created"], call.Record["rejected"]));
        Assert.Equal(
            ["row 4, column AETOXGR", "row 4, column AEREL", "row 4, column AEOUT", "row 5, column USUBJID"],
            call.Error.TrimEnd('\n').Split('\n').Select(line => line[(line.IndexOf(", row", StringComparison.Ordinal) + 2)..line.IndexOf(": ", StringComparison.Ordinal)]));
        Assert.Equal(["Cough", "rash"], (await _subjects.Done("adverse-events list --study REP-3 --format json")).Json.AsArray()
            .Where(found => $"{found!["source"]}" == "reported").Select(found => $"{found!["term"]}"));
    }

    [Fact]
    public async Task Import_Again_IsDuplicatesAndCorrectsOnlyWhenAskedTo()
    {
        await _subjects.BringGraded("REP-4");
        const string Header = "report_id,subject_id,reported_term,onset,grade\n";
        var file = _subjects.File("plain.csv", Header + "A,001,Cough,2020-03-05,1\nB,002,Rash,2020-03-05,2\n");
        await _subjects.Done($"adverse-events import {file} --study REP-4");

        Assert.Equal("2", (await _subjects.Done($"adverse-events import {file} --study REP-4")).Record["duplicate"]);
        _subjects.File("plain2.csv", Header + "A,001,Cough,2020-03-05,3\nB,002,Rash,2020-03-05,2\n");
        var second = Path.Combine(_subjects.Folder, "plain2.csv");
        var refused = await _subjects.Labctl($"adverse-events import {second} --study REP-4 --format json");
        Assert.Equal((3, "1", "CONTENT_CONFLICT"), (refused.ExitCode, $"{refused.Json["rejected"]}", $"{refused.Json["faults"]![0]!["code"]}"));
        var amended = await _subjects.Done($"adverse-events import {second} --study REP-4 --amend");
        Assert.Equal(("1", "1"), (amended.Record["amended"], amended.Record["duplicate"]));
    }

    [Fact]
    public async Task Import_ColumnMissing_IsUsage()
    {
        var call = await _subjects.Labctl($"adverse-events import {_subjects.File("bad.csv", "USUBJID,AETERM\n001,Cough\n")} --study REP-5");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("AESTDTC", call.Error, StringComparison.Ordinal);
    }
}
