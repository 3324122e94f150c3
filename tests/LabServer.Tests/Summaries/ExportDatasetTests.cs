using System.Text;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

public sealed class ExportDatasetTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] LeastColumns =
    [
        "STUDYID", "USUBJID", "SRCID", "PARAMCD", "PARAM", "AVISIT", "ADT", "AVAL", "AVALU", "ANRLO", "ANRHI", "ANRIND", "ABLFL", "BASE", "BNRIND",
        "CHG", "PCHG", "ATOXDSCL", "ATOXGRL", "ATOXDSCH", "ATOXGRH", "ATOXGR",
    ];

    [Fact]
    public async Task ExportDataset_GradedStudy_HasOneRowAResultWithBaselineChangeAndGrades()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(
            Trial.Potassium("b", "4.0", "2021-02-28"), Trial.Potassium("d", "6.5", "2021-03-05T08:00"), Trial.Potassium("x", "<3.0", "2021-03-06"));
        await trial.Grade();

        var rows = Rows(await Export(trial));

        Assert.Equal(["b", "d", "x"], rows.Select(row => row["SRCID"]));
        Assert.Equal(("Y", "4", "4", "NORMAL", "NORMAL", "", ""), Pick(rows[0], "ABLFL", "AVAL", "BASE", "ANRIND", "BNRIND", "CHG", "PCHG"));
        Assert.Equal(("", "6.5", "4", "HIGH", "NORMAL", "2.5", "62.5"), Pick(rows[1], "ABLFL", "AVAL", "BASE", "ANRIND", "BNRIND", "CHG", "PCHG"));
        Assert.Equal(
            ("Hypokalemia", "0", "Hyperkalemia", "3", "3", "2021-03-05", "3.5"), Pick(rows[1], "ATOXDSCL", "ATOXGRL", "ATOXDSCH", "ATOXGRH", "ATOXGR", "ADT", "ANRLO"));
        Assert.Equal((trial.StudyId, "01", "K", "mmol/L", "5", "2021-03-05T08:00", "6.5"), Pick(rows[1], "STUDYID", "USUBJID", "PARAMCD", "AVALU", "ANRHI", "ADTM", "AVALC"));
        Assert.Equal(("", "<3.0", "", "3", "0", "", "-3"), Pick(rows[2], "AVAL", "AVALC", "CHG", "ATOXGRL", "ATOXGRH", "NGREASH", "ATOXGR"));
    }

    [Fact]
    public async Task ExportDataset_Header_HasTheColumnsOfAdlb()
    {
        var trial = await Trial.Create(server);

        var header = Encoding.UTF8.GetString(await Export(trial)).TrimEnd('\r', '\n').Split(',');

        Assert.Empty(LeastColumns.Except(header));
        Assert.Equal(header.Length, header.Distinct().Count());
    }

    [Fact]
    public async Task ExportDataset_Twice_GivesTheSameBytes()
    {
        var trial = await Trial.Create(server);
        await trial.Register(new Subject { SubjectId = "01", FirstDoseAt = "2021-03-01" }, new Subject { SubjectId = "02" });
        await trial.Submit([.. Trial.ManyAlt("r", 50), .. Enumerable.Range(1, 50).Select(i => Trial.Alt($"s{i}", $"{i}", subject: "02"))]);
        await trial.Grade();
        var first = await Export(trial);

        Assert.Equal(first, await Export(trial));
        Assert.Equal(100, Rows(first).Count);
    }

    [Fact]
    public async Task ExportDataset_OtherOrderOfArrival_GivesTheSameRows()
    {
        LabResult[] results = [Trial.Alt("b", "30", "2021-02-28"), Trial.Alt("t1", "50", "2021-03-05"), Trial.Alt("t2", "60", "2021-03-05"), Trial.Alt("e", "20", "2021-03-09")];
        var (forth, back) = (await Trial.Create(server), await Trial.Create(server));
        await forth.Register("01");
        await back.Register("01");
        foreach (var result in results)
        {
            await forth.Submit(result);
            await forth.Grade();
        }

        foreach (var result in results.Reverse())
        {
            await back.Submit(result);
            await back.Grade();
        }

        string Text(byte[] bytes, Trial trial) => Encoding.UTF8.GetString(bytes).Replace(trial.StudyId, "STUDY", StringComparison.Ordinal);
        Assert.Equal(Text(await Export(forth), forth), Text(await Export(back), back));
    }

    [Fact]
    public async Task ExportDataset_TextsWithCommasAndQuotes_AreReadBackAsSent()
    {
        var trial = await Trial.Create(server);
        await trial.Register(new Subject { SubjectId = "01,A", FirstDoseAt = "2021-03-01" });
        var result = Trial.Alt("a,\"b\"", "30", subject: "01,A");
        result.Visit = "WEEK 2, \"late\"";
        await trial.Submit(result);
        await trial.Grade();

        var row = Rows(await Export(trial)).Single();

        Assert.Equal(("01,A", "a,\"b\"", "WEEK 2, \"late\""), (row["USUBJID"], row["SRCID"], row["AVISIT"]));
    }

    [Fact]
    public async Task ExportDataset_LargeStudy_CountsItsRowsChunkByChunk()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit([.. Trial.ManyAlt("r", 2000)]);
        await trial.Grade();

        using var call = Call(trial.StudyId, "ctcae-5.0");
        var chunks = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.True(chunks.Count > 1, "2,000 rows come in more than one chunk.");
        Assert.Equal(2000, chunks[^1].Rows);
        Assert.Equal(chunks.Select(chunk => chunk.Rows).Order(), chunks.Select(chunk => chunk.Rows));
        Assert.Equal(2001, chunks.Sum(chunk => chunk.Content.Count(value => value == (byte)'\n')));
    }

    [Theory]
    [InlineData("", "ctcae-5.0", Dataset.Adlb, StatusCode.InvalidArgument, "STUDY_MISSING")]
    [InlineData("NO-SUCH", "ctcae-5.0", Dataset.Adlb, StatusCode.NotFound, "STUDY_NOT_FOUND")]
    [InlineData("own", "", Dataset.Adlb, StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData("own", "ctcae-4.03", Dataset.Adlb, StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY")]
    [InlineData("own", "ctcae-5.0", Dataset.Unspecified, StatusCode.InvalidArgument, "DATASET_UNKNOWN")]
    [InlineData("own", "ctcae-5.0", (Dataset)99, StatusCode.InvalidArgument, "DATASET_UNKNOWN")]
    public async Task ExportDataset_WrongRequest_SaysWhatIsWrong(string study, string ruleSet, Dataset dataset, StatusCode code, string reason)
    {
        var trial = await Trial.Create(server);
        using var call = Call(study == "own" ? trial.StudyId : study, ruleSet, dataset);

        await Refused.With(code, reason, () => call.ResponseStream.MoveNext(CancellationToken.None));
    }

    private AsyncServerStreamingCall<ExportDatasetResponse> Call(string study, string ruleSet, Dataset dataset = Dataset.Adlb) =>
        new SummariesService.SummariesServiceClient(server.Channel).ExportDataset(
            new ExportDatasetRequest { StudyId = study, RuleSetId = ruleSet, Dataset = dataset });

    private async Task<byte[]> Export(Trial trial)
    {
        using var call = Call(trial.StudyId, "ctcae-5.0");
        using var bytes = new MemoryStream();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            chunk.Content.WriteTo(bytes);
        }

        return bytes.ToArray();
    }

    private static List<Dictionary<string, string>> Rows(byte[] csv)
    {
        using var reader = new StreamReader(new MemoryStream(csv), Encoding.UTF8);
        return [.. CsvText.Rows(reader)];
    }

    private static (string, string, string, string, string, string, string) Pick(
        Dictionary<string, string> row, string a, string b, string c, string d, string e, string f, string g) =>
        (row[a], row[b], row[c], row[d], row[e], row[f], row[g]);
}
