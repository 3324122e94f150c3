using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Studies;

public sealed class SetStudyTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private static readonly string[] Settings = ["spoiled specimens", "fasting", "anticoagulation", "hiv", "neutralisation cutoff", "panel tolerance"];

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Set_EveryOption_IsShown()
    {
        await _subjects.Done("studies create SET-1 --fasting yes --panel-tolerance 3");
        await _subjects.Done(
            "studies set SET-1 --spoiled-specimens graded-with-flag --fasting no --anticoagulation YES --hiv unknown --neutralisation-cutoff 30.5");

        var shown = (await _subjects.Done("studies show SET-1")).Record;

        Assert.Equal(
            ["graded-with-flag", "no", "yes", "unknown", "30.5", "3"],
            Settings.Select(name => shown[name]));
    }

    [Fact]
    public async Task Create_WithoutSettings_ShowsTheDefaults()
    {
        await _subjects.Done("studies create SET-2");

        var shown = (await _subjects.Done("studies show SET-2")).Record;

        Assert.Equal(
            ["not-gradable", "unknown", "unknown", "unknown", "20", "2"],
            Settings.Select(name => shown[name]));
    }

    [Theory]
    [InlineData("studies set SET-3", "Nothing is named")]
    [InlineData("studies set SET-3 --fasting maybe", "--fasting: maybe is none of yes, no, unknown.")]
    [InlineData("studies set SET-3 --spoiled-specimens dropped", "--spoiled-specimens: dropped is none of not-gradable, graded-with-flag.")]
    [InlineData("studies set SET-3 --neutralisation-cutoff 20%", "--neutralisation-cutoff: 20% is not a number.")]
    [InlineData("studies create SET-3 --panel-tolerance two", "--panel-tolerance: two is not a number.")]
    public async Task Set_BadOption_IsAUsageError(string line, string message)
    {
        var call = await _subjects.Labctl(line);

        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains(message, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_NumbersOutOfBounds_FailsAndNamesBoth()
    {
        await _subjects.Done("studies create SET-4");

        await _subjects.Fails("studies set SET-4 --neutralisation-cutoff 101 --panel-tolerance -1", "SETTINGS_INVALID", "neutralisation_cutoff");
    }

    [Fact]
    public async Task SetVisits_OfAFile_AreShownAndNameTheVisitsInTheExport()
    {
        await _subjects.Bring("SET-5");
        await _subjects.Push("SET-5", FourSubjects.Header + "E1,001,ALT,31,U/L,7,40,2020-03-15,\nE2,001,ALT,32,U/L,7,40,2020-06-15,\n");
        await _subjects.Done("grading run --study SET-5");
        var file = _subjects.File("windows.csv", "visit,visit_number,first_day,last_day,target_day\nWEEK 1,1,2,10,8\nWEEK 2,2,11,18,\n");

        var set = await _subjects.Done($"studies set-visits SET-5 --windows {file} --format csv");
        var shown = (await _subjects.Done("studies show SET-5")).Record;
        var adlb = _subjects.File("adlb.csv", "");
        File.Delete(adlb);
        Assert.Equal(0, (await _subjects.Labctl($"export adlb --study SET-5 --rule-set ctcae-5.0 --out {adlb}")).ExitCode);

        Assert.Equal("visit,visit_number,first_day,last_day,target_day\nWEEK 1,1,2,10,8\nWEEK 2,2,11,18,\n", set.Output);
        Assert.Equal("WEEK 1 (2 to 10), WEEK 2 (11 to 18)", shown["visits"]);
        var lines = (await File.ReadAllLinesAsync(adlb)).Select(line => line.Split(',')).ToList();
        string[] wanted = ["SRCID", "AVISIT", "AVISITN", "ADY", "VISITSRC"];
        Assert.Equal(
            ["A1/BASELINE//-1/SENT", "A2/DAY 10//9/SENT", "E1/WEEK 2/2/14/WINDOW", "E2///106/"],
            lines.Where(line => line[1] == "001" && line[3] == "ALT").Select(line => string.Join('/', wanted.Select(name => line[Array.IndexOf(lines[0], name)]))));
        Assert.Equal(["AVISITN", "ADY", "VISITSRC", "QFLAG"], lines[0].SkipWhile(name => name != "AVISITN").Take(4));
    }

    [Fact]
    public async Task SetVisits_FaultyWindows_FailsAndNamesThem()
    {
        await _subjects.Done("studies create SET-6");
        var overlapping = _subjects.File("windows.csv", "visit,first_day,last_day\nWEEK 1,0,10\nWEEK 2,5,3\n");

        await _subjects.Fails($"studies set-visits SET-6 --windows {overlapping}", "VISIT_WINDOWS_INVALID", "windows[0].first_day");
        await _subjects.Fails($"studies set-visits SET-6 --windows {overlapping}", "VISIT_WINDOWS_INVALID", "windows[1].last_day");
    }

    [Fact]
    public async Task SetVisits_UnreadableFile_IsAUsageErrorThatNamesEveryRow()
    {
        var words = _subjects.File("words.csv", "visit,first_day,last_day\nWEEK 1,two,10\nWEEK 2,11,1.5\n");
        var columns = _subjects.File("columns.csv", "visit,first_day\nWEEK 1,2\n");

        var bad = await _subjects.Labctl($"studies set-visits SET-7 --windows {words}");
        var missing = await _subjects.Labctl($"studies set-visits SET-7 --windows {columns}");

        Assert.Equal((2, 2), (bad.ExitCode, missing.ExitCode));
        Assert.Contains("row 2, first_day: 'two' is not a whole number. row 3, last_day: '1.5'", bad.Error, StringComparison.Ordinal);
        Assert.Contains("last_day", missing.Error, StringComparison.Ordinal);
    }
}
