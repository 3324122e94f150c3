using LabServer.Api.V1;
using LabServer.Cli;
using LabServer.Cli.Files;
using LabServer.Cli.Subjects;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Subjects;

public sealed class SubjectFileReaderTests : IDisposable
{
    private const string Demographics = "STUDYID,USUBJID,RFSTDTC,RFXSTDTC,SITEID,BRTHDTC,SEX,ARMCD,ARM,ACTARMCD,ACTARM,ARMNRS\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // Arm received, arm assigned and first dose, by what DM says.
    [InlineData("2014-01-02,2014-01-03,701,1950-12-26,F,Pbo,Placebo,Pbo,Placebo,", "Placebo", "Placebo", "2014-01-03")]
    [InlineData("2014-01-02,,701,1950-12-26,F,Pbo,Placebo,Pbo,Placebo,", "Placebo", "Placebo", "2014-01-02")]
    [InlineData("2014-01-02,2014-01-03,701,1950,F,Hi,High Dose,Lo,Low Dose,", "Low Dose", "High Dose", "2014-01-03")]
    [InlineData(",,701,1950-12,F,Scrnfail,Screen Failure,Scrnfail,Screen Failure,", "", "", "")]
    [InlineData(",,701,1950-12,F,,,,,SCREEN FAILURE", "", "", "")]
    [InlineData("2014-01-02,,701,1950-12,F,Pbo,Placebo,,,\"ASSIGNED, NOT TREATED\"", "", "Placebo", "")]
    [InlineData("2014-01-02,,701,1950-12,F,Pbo,Placebo,NOTTRT,Not Treated,", "", "Placebo", "")]
    [InlineData(",,701,1950-12,F,NOTASSGN,Not Assigned,NOTASSGN,Not Assigned,", "", "", "")]
    public void Read_Demographics_GivesArmsAndFirstDose(string row, string arm, string plannedArm, string firstDose)
    {
        var subject = Assert.Single(Read(Demographics + "CDISC,01-701," + row + "\n")).Item!;

        Assert.Equal(("01-701", arm, plannedArm, firstDose), (subject.SubjectId, subject.Arm, subject.PlannedArm, subject.FirstDoseAt));
        Assert.Equal((Sex.Female, "701"), (subject.Sex, subject.SiteId));
        Assert.StartsWith("1950", subject.BirthDate, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DemographicsWithExposure_TakesTheEarliestDoseGiven()
    {
        const string Exposure = """
            USUBJID,EXSTDTC,EXOCCUR
            A,2014-01-17,Y
            A,2014-01-05T08:00,Y
            A,2014-01-04,N
            A,2014-01,Y
            C,,Y
            """;

        var subjects = Read(
            Demographics
            + "S,A,2014-01-01,2014-01-02,1,,M,P,Placebo,P,Placebo,\n"
            + "S,B,2014-01-01,2014-01-02,1,,M,P,Placebo,P,Placebo,\n"
            + "S,C,2014-01-01,,1,,M,P,Placebo,P,Placebo,\n",
            Exposure);

        Assert.Equal(["2014-01-05T08:00", "2014-01-02", "2014-01-01"], subjects.Select(row => row.Item!.FirstDoseAt));
    }

    [Theory]
    [InlineData("M", Sex.Male)]
    [InlineData("f", Sex.Female)]
    [InlineData("U", Sex.Unspecified)]
    [InlineData("", Sex.Unspecified)]
    [InlineData("UNDIFFERENTIATED", Sex.Undifferentiated)]
    public void Read_PlainColumnsInAnyOrder_GivesTheSubject(string text, Sex sex)
    {
        var row = Assert.Single(Read($"first_dose_at,sex,arm,birth_date,subject_id\n2020-03-01T10:00,{text},MSC,1960,001\n"));

        Assert.Equal(
            new Subject { SubjectId = "001", Arm = "MSC", Sex = sex, BirthDate = "1960", FirstDoseAt = "2020-03-01T10:00" }, row.Item);
        Assert.Empty(row.Faults);
    }

    [Fact]
    public void Read_FaultyRows_NameRowAndColumnAndLeaveTheOthers()
    {
        var rows = Read("subject_id,arm,sex,birth_date,first_dose_at\n001,MSC,X,,\n002,MSC\n003,MSC,M,,\n");

        Assert.Equal(
            [(2L, "sex", "SEX_UNKNOWN"), (3L, "", "ROW_MALFORMED")],
            rows.SelectMany(row => row.Faults).Select(fault => (fault.Row, fault.Column, fault.Code)));
        Assert.Empty(rows[2].Faults);
    }

    [Theory]
    [InlineData("subject_id,arm\n", null, "first_dose_at")]
    [InlineData("subject_id,arm,first_dose_at\n", "USUBJID,EXSTDTC\n", "--exposure")]
    [InlineData("USUBJID,SEX\n", null, "ARM")]
    [InlineData(Demographics, "USUBJID\n", "EXSTDTC")]
    [InlineData(Demographics, "USUBJID,EXSTDTC\nA\n", "row 2")]
    public void Create_FilesDoNotFit_IsUsageAndNamesWhatIsMissing(string subjects, string? exposure, string named)
    {
        var refused = Assert.Throws<UsageException>(() => Read(subjects, exposure));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private List<ImportRow<Subject>> Read(string subjects, string? exposure = null)
    {
        using var file = CsvFile.Open(_folder.Add("subjects.csv", subjects));
        using var doses = exposure is null ? null : CsvFile.Open(_folder.Add("ex.csv", exposure));
        return [.. SubjectFileReader.Create(file, doses).Read()];
    }
}
