using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>Ids that end with a blank: SQLite tells them from those without, SQL Server does not, so there they cannot come in.</summary>
public sealed class BlanksAtTheEndTests
{
    private const long NowUs = 1_700_000_000_000_000;

    [Fact]
    public void Dialects_SayWhichOfThemIgnoresBlanks()
    {
        Assert.False(new SqliteDialect("none").IgnoresBlanksAtTheEnd);
        Assert.True(new SqlServerDialect("Data Source=none").IgnoresBlanksAtTheEnd);
    }

    [Theory]
    [InlineData("R1 ", "01", "source_result_id")]
    [InlineData("R1", "01 ", "subject_id")]
    [InlineData("R1", "01", "")]
    [InlineData(" R1", " 01", "")]
    public void Check_Result_RefusesItWhereTheEngineIgnoresThem(string sourceResultId, string subjectId, string fields)
    {
        var result = TestStudy.Alt(sourceResultId, "30", "2021-03-05", subjectId);

        Assert.Empty(Faults(refuses: false));
        Assert.Equal(fields, string.Join(",", Faults(refuses: true)));

        IEnumerable<string> Faults(bool refuses) => ResultChecks
            .Check(result, new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, TestCatalogue.Default) { RefusesBlanksAtTheEnd = refuses })
            .Faults.Select(fault => fault.Field);
    }

    [Fact]
    public void Check_Subject_RefusesItWhereTheEngineIgnoresThem()
    {
        var subject = new Subject { SubjectId = "01 ", Arm = "A ", PlannedArm = "B " };

        Assert.Empty(SubjectChecks.Check(subject));
        Assert.Equal(["subject_id", "arm", "planned_arm"], SubjectChecks.Check(subject, refusesBlanksAtTheEnd: true).Select(fault => fault.Field));
    }

    [Fact]
    public void Check_Dose_RefusesItWhereTheEngineIgnoresThem()
    {
        var dose = new Dose { SubjectId = "01 ", DoseId = "1 ", Treatment = "MSC", StartAt = "2021-03-01" };

        Assert.Empty(DoseChecks.Check(dose, TimeZoneInfo.Utc, NowUs));
        Assert.Equal(
            ["subject_id", "dose_id"], DoseChecks.Check(dose, TimeZoneInfo.Utc, NowUs, refusesBlanksAtTheEnd: true).Select(fault => fault.Field));
    }

    // What else is a key with text in it has no blank at its end whatever the engine.
    [Theory]
    [InlineData("CENTRAL ")]
    [InlineData(" ")]
    public void Names_OfLaboratoriesStudiesAndArms_HaveNoneAnyway(string name)
    {
        Assert.NotNull(NameChecks.FaultOfLaboratory(name));
        Assert.False(NameChecks.IsStudyId(name));
        Assert.False(NameChecks.IsName(name, 200));
    }

    // Visits and values are kept as sent with the result; what tables know them by is looked at without blanks.
    [Theory]
    [InlineData("visit")]
    [InlineData("reported_value")]
    public void Check_OtherTexts_MayEndWithABlank(string field)
    {
        var result = TestStudy.Alt("R1", field == "reported_value" ? "30 " : "30", "2021-03-05") with { Visit = field == "visit" ? "V1 " : "V1" };

        Assert.Empty(ResultChecks.Check(
            result, new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, TestCatalogue.Default) { RefusesBlanksAtTheEnd = true }).Faults);
    }
}
