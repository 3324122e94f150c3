using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Grading;

public sealed class CompareTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Compare_TwoSets_ListsDifferencesOrSums()
    {
        await _subjects.Bring("CMP-1");
        await _subjects.Done("studies add-rule-sets CMP-1 --rule-sets nct04288102,ctcae-6.0");
        await _subjects.Push("CMP-1", FourSubjects.Header + "P1,002,PLAT,20,10*9/L,150,400,2020-03-10,DAY 10\n");
        await _subjects.Done("grading run --study CMP-1");

        var rows = await _subjects.Done("grading compare --study CMP-1 --rule-sets ctcae-5.0,ctcae-6.0 --format csv");
        var sums = await _subjects.Done("grading compare --study CMP-1 --rule-sets ctcae-5.0,ctcae-6.0 --summary --format json");
        var none = await _subjects.Done("grading compare --study CMP-1 --rule-sets ctcae-5.0,ctcae-6.0 --subject 001 --format csv");

        const string Header = "subject_id,test,direction,term_a,term_b,worst_grade_a,worst_grade_b,results,results_different\n";
        Assert.Equal(Header + "002,PLAT,low,Platelet count decreased,Thrombocytopenia,4,3,1,1\n", rows.Output);
        Assert.Equal(Header, none.Output);
        Assert.Equal(["ALT", "AST", "HGB", "HGB", "PLAT"], sums.Each("test"));
        Assert.Equal(["0", "0", "0", "0", "1"], sums.Each("resultsDifferent"));
    }

    [Theory]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-5.0,ctcae-6.0,nct04288102")]
    public async Task Compare_NotTwoSets_IsUsage(string ruleSets) =>
        Assert.Equal(2, (await _subjects.Labctl($"grading compare --study X --rule-sets {ruleSets}")).ExitCode);

    [Fact]
    public async Task Compare_SetNotOfTheStudy_Fails()
    {
        await _subjects.Done("studies create CMP-2");

        await _subjects.Fails("grading compare --study CMP-2 --rule-sets ctcae-5.0,ctcae-6.0", "RULE_SET_NOT_OF_STUDY", "ctcae-6.0");
    }
}
