using LabServer.Api.V1;
using LabServer.Cli;
using LabServer.Cli.Files;
using LabServer.Cli.Results;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class ResultFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SdtmLb_TakesTheColumnsAsTheyAre()
    {
        const string Text = """
            STUDYID,DOMAIN,USUBJID,LBSEQ,LBTESTCD,LBTEST,LBCAT,LBORRES,LBORRESU,LBORNRLO,LBORNRHI,LBSPEC,LBMETHOD,LBSPCCND,LBFAST,VISITNUM,VISIT,LBDTC
            CDISCPILOT01,LB,01-701-1015,39,ALB,Albumin,CHEMISTRY,3.90,g/dL,3.3,4.9,SERUM,BCG,HEMOLYZED,Y,4.1,WEEK 2,2014-01-16T13:17
            """;

        var row = Assert.Single(Read(Text));

        Assert.Equal(
            new LabResult
            {
                SourceResultId = "01-701-1015/39",
                SubjectId = "01-701-1015",
                Specimen = "SERUM",
                Category = "CHEMISTRY",
                TestCode = "ALB",
                ReportedValue = "3.90",
                ReportedUnit = "g/dL",
                ReferenceLow = "3.3",
                ReferenceHigh = "4.9",
                CollectedAt = "2014-01-16T13:17",
                Visit = "WEEK 2",
                VisitNumber = "4.1",
                Method = "BCG",
                SpecimenCondition = "HEMOLYZED",
                Fasting = Fasting.Yes,
            },
            row.Result);
        Assert.Empty(row.Faults);
    }

    [Fact]
    public void Read_SdtmLbNotDone_IsCancelled()
    {
        var row = Assert.Single(Read("USUBJID,LBSEQ,LBTESTCD,LBORRES,LBDTC,LBSTAT\nA,1,ALB,,2014-01-16,NOT DONE\n"));

        Assert.Equal(ResultStatus.Cancelled, row.Result!.Status);
    }

    [Fact]
    public void Read_PlainColumns_TakesEveryFieldByName()
    {
        const string Text = """
            version,source_result_id,subject_id,specimen,category,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,resulted_at,visit,visit_number,instrument,method,status,specimen_condition,fasting,comment
            2,R-1,001,PLASMA,CHEMISTRY,K,<3.50,mmol/L,3.5,5.1,2020-03,2020-03-02,DAY 10,2,Cobas,ISE,Corrected,LIPEMIC,n,no field of ours
            """;

        var row = Assert.Single(Read(Text));

        Assert.Equal(
            new LabResult
            {
                SourceResultId = "R-1",
                Version = 2,
                SubjectId = "001",
                Specimen = "PLASMA",
                Category = "CHEMISTRY",
                TestCode = "K",
                ReportedValue = "<3.50",
                ReportedUnit = "mmol/L",
                ReferenceLow = "3.5",
                ReferenceHigh = "5.1",
                CollectedAt = "2020-03",
                ResultedAt = "2020-03-02",
                Visit = "DAY 10",
                VisitNumber = "2",
                Instrument = "Cobas",
                Method = "ISE",
                Status = ResultStatus.Corrected,
                SpecimenCondition = "LIPEMIC",
                Fasting = Fasting.No,
            },
            row.Result);
    }

    [Theory]
    [InlineData("version", "-1", "VERSION_MALFORMED")]
    [InlineData("version", "1.0", "VERSION_MALFORMED")]
    [InlineData("status", "done", "STATUS_MALFORMED")]
    [InlineData("fasting", "maybe", "FASTING_MALFORMED")]
    public void Read_FieldNotText_IsAFaultOfItsField(string field, string text, string code)
    {
        var row = Assert.Single(Read($"source_result_id,subject_id,test_code,reported_value,collected_at,{field}\nR,1,K,4,2020-01-01,{text}\n"));

        Assert.Equal([(code, field)], row.Faults.Select(fault => (fault.Code, fault.Field)));
    }

    [Fact]
    public void Read_RaggedRow_IsAFaultAndTheRestGoesOn()
    {
        var rows = Read("source_result_id,subject_id,test_code,reported_value,collected_at\nR1,1,K\nR2,1,K,4,2020-01-01\n");

        Assert.Equal("ROW_MALFORMED", Assert.Single(rows[0].Faults).Code);
        Assert.Null(rows[0].Result);
        Assert.Equal("R2", rows[1].Result!.SourceResultId);
    }

    [Theory]
    [InlineData("USUBJID,LBTESTCD,LBORRES,LBDTC", "LBSEQ")]
    [InlineData("LBSEQ,LBTESTCD,LBORRES,LBDTC", "USUBJID")]
    [InlineData("USUBJID,LBSEQ,LBTESTCD,LBDTC", "LBORRES")]
    [InlineData("source_result_id,subject_id,test_code,reported_value", "collected_at")]
    [InlineData("anything", "source_result_id")]
    public void Read_NeededColumnMissing_IsUsageAndNamesIt(string header, string column)
    {
        var refused = Assert.Throws<UsageException>(() => Read(header + "\n"));

        Assert.Contains($"row 1: the column {column} is missing", refused.Message, StringComparison.Ordinal);
    }

    private List<ResultRow> Read(string text)
    {
        using var file = CsvFile.Open(_folder.Add("results.csv", text));
        return [.. new ResultFileReader(file).Read()];
    }
}
