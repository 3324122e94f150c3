using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Subjects;

public sealed class SubjectsCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Header = "subject_id,arm,sex,birth_date,first_dose_at\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_AgainAndChanged_CountsWhatBecameOfEach()
    {
        await Labctl("studies", "create", "SUBJ-1");

        var first = await Import("SUBJ-1", Header + "001,MSC,M,1950,2020-03-01\n002,Placebo,F,1960-05,2020-03-02\n");
        var second = await Import("SUBJ-1", Header + "001,MSC,M,1950,2020-03-01\n002,Placebo,F,1960-05,2020-03-09\n003,MSC,M,,\n");
        var listed = await Labctl("subjects", "list", "--study", "SUBJ-1", "--format", "csv");

        Assert.Equal((0, "rows,created,updated,unchanged,rejected,released_results\n2,2,0,0,0,0\n", ""), (first.ExitCode, first.Output, first.Error));
        Assert.Equal((0, "rows,created,updated,unchanged,rejected,released_results\n3,1,1,1,0,0\n"), (second.ExitCode, second.Output));
        Assert.Equal(
            "subject_id,arm,planned_arm,sex,birth_date,first_dose_at,site_id,on_anticoagulation,hiv_infected,attributes\n"
                + "001,MSC,MSC,M,1950,2020-03-01,,,,\n002,Placebo,Placebo,F,1960-05,2020-03-09,,,,\n003,MSC,MSC,M,,,,,,\n",
            listed.Output);
    }

    [Fact]
    public async Task Import_FactsOfSubjects_AreKeptAndListedAndFaultsNameTheColumn()
    {
        const string WithFacts = "subject_id,arm,sex,birth_date,first_dose_at,on_anticoagulation,hiv_infected\n";
        await Labctl("studies", "create", "SUBJ-FACTS");

        var good = await Import("SUBJ-FACTS", WithFacts + "001,MSC,M,,2020-03-01,Y,n\n002,MSC,M,,2020-03-01,,\n");
        var bad = await Import("SUBJ-FACTS", WithFacts + "003,MSC,M,,2020-03-01,maybe,7\n");
        var listed = await Labctl("subjects", "list", "--study", "SUBJ-FACTS", "--format", "csv");

        Assert.Equal(0, good.ExitCode);
        Assert.Equal(3, bad.ExitCode);
        Assert.Contains("row 2, column on_anticoagulation:", bad.Error, StringComparison.Ordinal);
        Assert.Contains("row 2, column hiv_infected:", bad.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n001,MSC,MSC,M,,2020-03-01,,Y,N,\n002,MSC,MSC,M,,2020-03-01,,,,\n", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Attributes_AreKeptAndListedAndFaultsNameTheColumn()
    {
        const string WithAttributes = "subject_id,arm,first_dose_at,attribute:severity,attribute:sex\n";
        await Labctl("studies", "create", "SUBJ-ATTR");

        var call = await Import("SUBJ-ATTR", WithAttributes + "001,MSC,2020-03-01, severe ,\n002,MSC,2020-03-01,,\n003,MSC,2020-03-01,mild,M\n");
        var csv = await Labctl("subjects", "list", "--study", "SUBJ-ATTR", "--format", "csv");
        var json = await Labctl("subjects", "list", "--study", "SUBJ-ATTR", "--format", "json");

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("row 4, column attribute:sex:", call.Error, StringComparison.Ordinal);
        Assert.Contains("(ATTRIBUTE_NAME_INVALID)", call.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n001,MSC,MSC,,,2020-03-01,,,,\"{\"\"severity\"\":\"\"severe\"\"}\"\n002,MSC,MSC,,,2020-03-01,,,,\n", csv.Output, StringComparison.Ordinal);
        Assert.Equal("severe", json.Json[0]!["attributes"]!["severity"]!.GetValue<string>());
        Assert.Null(json.Json[1]!["attributes"]);
    }

    [Fact]
    public async Task Import_Demographics_TakesRaceEthnicityAndCountryAsAttributes()
    {
        await Labctl("studies", "create", "SUBJ-DM");

        var call = await Import(
            "SUBJ-DM", "USUBJID,ARM,SEX,RFSTDTC,RACE,ETHNIC,COUNTRY,AGE,AGEU\nA,Placebo,F,2014-01-02,ASIAN,NOT HISPANIC OR LATINO,CHN,61,YEARS\n");
        var listed = await Labctl("subjects", "list", "--study", "SUBJ-DM", "--format", "json");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(
            """{"country":"CHN","ethnic":"NOT HISPANIC OR LATINO","race":"ASIAN"}""", listed.Json[0]!["attributes"]!.ToJsonString());
    }

    [Fact]
    public async Task Import_FaultySubjects_NamesRowAndColumnAndExitsWithThree()
    {
        await Labctl("studies", "create", "SUBJ-2");

        var call = await Import("SUBJ-2", Header + "001,MSC,M,1950-13,2020-03-01\n002,MSC,X,1950,\nragged\n003,MSC,F,1950,\n");

        Assert.Equal(3, call.ExitCode);
        Assert.EndsWith("\n4,1,0,0,3,0\n", call.Output, StringComparison.Ordinal);
        Assert.Contains("row 2, column birth_date:", call.Error, StringComparison.Ordinal);
        Assert.Contains("row 3, column sex:", call.Error, StringComparison.Ordinal);
        Assert.Contains("row 4:", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Demographics_NamesColumnsOfTheFile()
    {
        await Labctl("studies", "create", "SUBJ-3");

        var call = await Import("SUBJ-3", "USUBJID,ARM,SEX,BRTHDTC,RFSTDTC\nA,Placebo,F,19-50,2014-01-02\n");

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("row 2, column BRTHDTC:", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_StudyUnknown_Fails()
    {
        var call = await Import("NONE", Header + "001,MSC,M,1950,\n");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("(STUDY_NOT_FOUND)", call.Error, StringComparison.Ordinal);
    }

    private Task<LabctlCall> Import(string study, string text) =>
        Labctl("subjects", "import", _folder.Add("subjects.csv", text), "--study", study, "--format", "csv");

    private Task<LabctlCall> Labctl(params string[] args) => LabctlCall.Run([.. args, "--server", server.GrpcAddress.ToString()]);
}
