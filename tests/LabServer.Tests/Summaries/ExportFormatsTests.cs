using System.Text;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

public sealed class ExportFormatsTests(ExportedTrial trial) : IClassFixture<ExportedTrial>
{
    [Theory]
    [InlineData(Dataset.Lb, 6)]
    [InlineData(Dataset.Adlb, 6)]
    [InlineData(Dataset.Ae, 4)]
    [InlineData(Dataset.Adae, 4)]
    public async Task ExportDataset_AnyDataset_SaysHowManyRowsItHasBeforeTheLast(Dataset dataset, int rows)
    {
        var chunks = await trial.Chunks(dataset);

        Assert.All(chunks, chunk => Assert.Equal(rows, chunk.TotalRows));
        Assert.Equal(rows, chunks[^1].Rows);
        Assert.Equal(rows, (await Csv(dataset)).Count);
    }

    [Fact]
    public async Task ExportDataset_CsvTextsThatASpreadsheetWouldRun_AreHarmlessAndNumbersStay()
    {
        var lb = (await Csv(Dataset.Lb)).ToDictionary(row => row["LBREFID"]);

        Assert.Equal(
            ("'=1+1", "'+WEEK, 2 \"µ\"", "2.50", "'@SUM(A1)", "2021-03-05T08:00"),
            (lb["'=1+1"]["LBREFID"], lb["'=1+1"]["VISIT"], lb["'=1+1"]["VISITNUM"], lb["'=1+1"]["LBMETHOD"], lb["'=1+1"]["LBDTC"]));
        Assert.Equal(("-7", "-0.25", "-0.25"), (lb["-7"]["LBREFID"], lb["-7"]["LBORRES"], lb["-7"]["LBSTRESN"]));
        Assert.Equal("'-02\"x\"", lb["1"]["USUBJID"]);
        Assert.Equal(["-3", "0"], (await Csv(Dataset.Adlb)).Where(row => row["PARAMCD"] == "K" && row["ATOXGR"].Length > 0).Select(row => row["ATOXGR"]).Distinct().Order());
        Assert.Equal(["'=HYPERLINK(\"x\")", "'－cough"], (await Csv(Dataset.Ae)).Where(row => row["AECAT"] == "REPORTED").Select(row => row["AETERM"]));
    }

    [Theory]
    [InlineData(DatasetFormat.Unspecified)]
    [InlineData(DatasetFormat.Csv)]
    public async Task ExportDataset_NoFormatOrCsv_IsTheSameFile(DatasetFormat format) =>
        Assert.Equal(await trial.Bytes(Dataset.Adlb), await trial.Bytes(Dataset.Adlb, format));

    [Fact]
    public async Task ExportDataset_LbWithoutARuleSet_HasNoGrades()
    {
        var header = Encoding.UTF8.GetString(await trial.Bytes(Dataset.Lb, ruleSet: "")).Split("\r\n")[0].Split(',');
        var graded = Encoding.UTF8.GetString(await trial.Bytes(Dataset.Lb)).Split("\r\n")[0].Split(',');

        Assert.Equal(["LBTOX", "LBTOXGR"], graded.Except(header));
    }

    [Theory]
    [InlineData(Dataset.Ae, DatasetFormat.Csv, "", StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData(Dataset.Adae, DatasetFormat.Csv, "", StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData(Dataset.Lb, DatasetFormat.Csv, "ctcae-4.03", StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY")]
    [InlineData(Dataset.Lb, (DatasetFormat)99, "", StatusCode.InvalidArgument, "FORMAT_UNKNOWN")]
    [InlineData((Dataset)99, DatasetFormat.DatasetJson, ExportedTrial.RuleSet, StatusCode.InvalidArgument, "DATASET_UNKNOWN")]
    public async Task ExportDataset_WrongRequest_SaysWhatIsWrong(Dataset dataset, DatasetFormat format, string ruleSet, StatusCode code, string reason) =>
        await Refused.With(code, reason, () => trial.Chunks(dataset, format, ruleSet));

    /// <summary>However large the study is: 64 KiB, and what the writer of CSV holds back, which is as much again.</summary>
    [Theory]
    [InlineData(DatasetFormat.Csv)]
    [InlineData(DatasetFormat.DatasetJson)]
    [InlineData(DatasetFormat.DatasetNdjson)]
    public async Task ExportDataset_LargeStudy_ComesInChunksOfOneSize(DatasetFormat format)
    {
        var large = await Trial.Create(trial.Server);
        await large.Register("01");
        await large.Submit([.. Trial.ManyAlt("r", 2000)]);
        await large.Grade();

        var sizes = (await trial.Chunks(Dataset.Adlb, format, study: large.StudyId)).ConvertAll(chunk => chunk.Content.Length);

        Assert.True(sizes.Count > 2, $"{sizes.Count} chunks");
        Assert.All(sizes.SkipLast(1), size => Assert.InRange(size, 64 * 1024, (128 * 1024) + 2048));
    }

    private async Task<List<Dictionary<string, string>>> Csv(Dataset dataset)
    {
        using var reader = new StreamReader(new MemoryStream(await trial.Bytes(dataset)));
        return [.. CsvText.Rows(reader)];
    }
}
