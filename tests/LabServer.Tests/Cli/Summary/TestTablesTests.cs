using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Summary;

/// <summary>labctl summary biomarkers, outcomes and categories.</summary>
public sealed class TestTablesTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Header = "source_result_id,subject_id,test_code,reported_value,reported_unit,collected_at,visit\n";

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Biomarkers_AsJson_HaveThePromisedShape()
    {
        await Bring("TT-1");

        var json = (await _subjects.Done("summary biomarkers --study TT-1 --test CRP --arms MSC,Placebo --format json")).Json;

        Assert.Equal(("TT-1", "CRP", "value"), ($"{json["study"]}", $"{json["test"]}", $"{json["measure"]}"));
        var visit = json["visits"]![0]!;
        Assert.Equal("""["arm","n","missing","mean","sd","median","q1","q3","min","max"]""", Names(visit["arms"]![0]!, 10));
        Assert.Equal("""["MSC","Placebo"]""", visit["comparison"]!["arms"]!.ToJsonString());
        Assert.Equal(("3", "0"), ($"{visit["arms"]![0]!["mean"]}", $"{visit["arms"]![0]!["missing"]}"));
        Assert.Equal("""["w","p","exact"]""", Names(visit["comparison"]!["rankSum"]!, 3));
        Assert.Equal("""["estimate","low","high"]""", Names(visit["comparison"]!["hodgesLehmann"]!, 3));
        Assert.True(visit["comparison"]!["tPooled"]!["p"]!.GetValue<double>() is > 0 and < 1);
        Assert.True(visit["comparison"]!["tWelch"]!["p"]!.GetValue<double>() is > 0 and < 1);
        Assert.Null(json["strata"]);
    }

    [Fact]
    public async Task Biomarkers_OfSeveralTests_AreAnArrayOrRowsOfOneFile()
    {
        await Bring("TT-2");

        var json = (await _subjects.Done("summary biomarkers --study TT-2 --test CRP,PAINNRS --format json")).Json.AsArray();
        var csv = (await _subjects.Done("summary biomarkers --study TT-2 --test CRP,PAINNRS --split-by sex --format csv")).Output;

        Assert.Equal(["CRP", "PAINNRS"], json.Select(summary => $"{summary!["test"]}"));
        Assert.StartsWith("study,test,unit,measure,bounds,stratum,visit,visit_number,arm,subjects,n,missing,mean,", csv, StringComparison.Ordinal);
        Assert.Contains("\nTT-2,CRP,mg/L,value,limit,,WEEK 1,,MSC,2,2,0,3,", csv, StringComparison.Ordinal);
        Assert.Contains("\nTT-2,PAINNRS,", csv, StringComparison.Ordinal);
        Assert.Single(csv.Split('\n'), line => line.StartsWith("study,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Biomarkers_AsATable_ShowWhatPapersPrint()
    {
        await Bring("TT-3");

        var call = await _subjects.Done("summary biomarkers --study TT-3 --test CRP --measure value --bound half");

        Assert.StartsWith("C Reactive Protein (mg/L) of TT-3: value\n", call.Output, StringComparison.Ordinal);
        Assert.Contains(call.Table, row => row.Take(6).SequenceEqual(["WEEK 1", "MSC", "2", "0", "3 (1.414)", "3 (2, 4)"]));
    }

    [Fact]
    public async Task Outcomes_AsJsonAndTable_HaveCountsAndNameTheUndecided()
    {
        await Bring("TT-4");

        var call = await _subjects.Labctl("summary outcomes --study TT-4 --test SYPAIN --arms MSC,Placebo --format json");
        var table = await _subjects.Labctl("summary outcomes --study TT-4 --test SYPAIN --arms MSC,Placebo");

        var visit = call.Json["visits"]![0]!;
        Assert.Equal("""["arm","events","n"]""", Names(visit["arms"]![0]!, 3));
        Assert.Equal(("1", "2", "0", "1"), ($"{visit["arms"]![0]!["events"]}", $"{visit["arms"]![0]!["n"]}", $"{visit["arms"]![1]!["events"]}", $"{visit["arms"]![1]!["n"]}"));
        Assert.Equal("""["estimate","low","high","method"]""", Names(visit["comparison"]!["oddsRatio"]!, 4));
        Assert.Equal("""["name","p"]""", Names(visit["comparison"]!["test"]!, 2));
        Assert.Equal("inf", $"{visit["comparison"]!["oddsRatio"]!["high"]}");
        Assert.Contains("SYPAIN: 'UNKNOWN' says nothing of it, and is counted as undecided: 1 records.", call.Error, StringComparison.Ordinal);
        Assert.Contains(table.Table, row => row.Take(3).SequenceEqual(["WEEK 1", "MSC", "1/2 (50.0)"]));
    }

    [Fact]
    public async Task Categories_AsJsonCsvAndTable_HaveCountsByCategory()
    {
        await Bring("TT-5");

        var json = (await _subjects.Done("summary categories --study TT-5 --test PAINNRS --format json")).Json;
        var csv = (await _subjects.Done("summary categories --study TT-5 --test PAINNRS --format csv")).Output;
        var table = await _subjects.Done("summary categories --study TT-5 --test PAINNRS --split-by sex");

        Assert.Equal("""[{"category":"NONE","n":1},{"category":"MILD","n":1},{"category":"MODERATE","n":0},{"category":"SEVERE","n":0}]""", json["visits"]![0]!["arms"]![0]!["counts"]!.ToJsonString());
        Assert.NotNull(json["visits"]![0]!["comparison"]!["proportionalOdds"]);
        Assert.Contains("\nTT-5,PAINNRS,,WEEK 1,,MSC,MILD,1,2,2,0,0,", csv, StringComparison.Ordinal);
        Assert.Contains(table.Table, row => row.Take(4).SequenceEqual(["WEEK 1", "MSC", "1/2 (50.0)", "1/2 (50.0)"]));
        Assert.Contains("stratum", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_OfAnUnknownTest_FailsAndNamesIt()
    {
        await Bring("TT-6");

        var call = await _subjects.Labctl("summary outcomes --study TT-6 --test NOSUCH");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("NOSUCH", call.Error, StringComparison.Ordinal);
    }

    private static string Names(System.Text.Json.Nodes.JsonNode node, int count) =>
        new System.Text.Json.Nodes.JsonArray([.. node.AsObject().Select(pair => pair.Key).Take(count).Select(name => System.Text.Json.Nodes.JsonValue.Create(name))]).ToJsonString();

    private async Task Bring(string study)
    {
        await _subjects.BringGraded(study);
        await _subjects.Push(
            study,
            Header + """
            c1,001,CRP,2,mg/L,2020-03-12,WEEK 1
            c2,002,CRP,4,mg/L,2020-03-12,WEEK 1
            c3,003,CRP,7,mg/L,2020-03-12,WEEK 1
            c4,004,CRP,9,mg/L,2020-03-12,WEEK 1
            s1,001,SYPAIN,Y,,2020-03-12,WEEK 1
            s2,002,SYPAIN,N,,2020-03-12,WEEK 1
            s3,003,SYPAIN,N,,2020-03-12,WEEK 1
            s4,004,SYPAIN,UNKNOWN,,2020-03-12,WEEK 1
            p1,001,PAINNRS,0,,2020-03-12,WEEK 1
            p2,002,PAINNRS,2,,2020-03-12,WEEK 1
            p3,003,PAINNRS,5,,2020-03-12,WEEK 1
            p4,004,PAINNRS,1,,2020-03-12,WEEK 1

            """);
        await _subjects.Done($"grading run --study {study}");
    }
}
