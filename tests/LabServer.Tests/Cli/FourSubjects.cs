using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

/// <summary>
/// Studies of four subjects in two arms, brought in with labctl and graded only when a test says so. By worst ALT:
/// 001 (MSC) grade 2, 002 (MSC) grade 3, 003 (Placebo) grade 1, 004 (Placebo) none.
/// </summary>
internal sealed class FourSubjects(ServerFixture server) : IDisposable
{
    /// <summary>Header of the results.</summary>
    public const string Header =
        "source_result_id,subject_id,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,visit\n";

    private const string Subjects = """
        subject_id,arm,sex,birth_date,first_dose_at
        001,MSC,M,1950,2020-03-02
        002,MSC,F,1960,2020-03-02
        003,Placebo,M,1955,2020-03-02
        004,Placebo,F,1965,2020-03-02

        """;

    private const string Results = Header + """
        A1,001,ALT,30,U/L,7,40,2020-03-01,BASELINE
        A2,001,ALT,130,U/L,7,40,2020-03-10,DAY 10
        A3,001,HGB,9.5,g/dL,12,16,2020-03-10,DAY 10
        B1,002,ALT,30,U/L,7,40,2020-03-01,BASELINE
        B2,002,ALT,250,U/L,7,40,2020-03-10,DAY 10
        C1,003,ALT,30,U/L,7,40,2020-03-01,BASELINE
        C2,003,ALT,50,U/L,7,40,2020-03-10,DAY 10
        C3,003,AST,50,U/L,,,2020-03-10,DAY 10
        D1,004,ALT,30,U/L,7,40,2020-03-01,BASELINE
        D2,004,ALT,35,U/L,7,40,2020-03-10,DAY 10

        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Folder for files of the test.</summary>
    public string Folder => _folder.Path;

    /// <summary>Writes a file of the test and returns its path.</summary>
    public string File(string name, string text) => _folder.Add(name, text);

    /// <summary>Makes a study and pushes the ten results of its subjects.</summary>
    public async Task Bring(string study)
    {
        await Done($"studies create {study} --arms MSC,Placebo");
        await Done($"subjects import {_folder.Add("subjects.csv", Subjects)} --study {study}");
        Assert.Equal(0, (await Push(study, Results)).ExitCode);
    }

    /// <summary>The same, graded.</summary>
    public async Task BringGraded(string study)
    {
        await Bring(study);
        await Done($"grading run --study {study}");
    }

    /// <summary>Pushes more results, with their header.</summary>
    public Task<LabctlCall> Push(string study, string results) =>
        Labctl($"results push {_folder.Add("results.csv", results)} --study {study} --laboratory LAB");

    /// <summary>Runs a command that must do what it is asked to.</summary>
    public async Task<LabctlCall> Done(string line)
    {
        var call = await Labctl(line);
        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        return call;
    }

    /// <summary>Runs a command that must fail with exit code 1, one line, and a reason.</summary>
    public async Task Fails(string line, string reason, string named)
    {
        var call = await Labctl(line);
        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Single(call.Error.TrimEnd('\n').Split('\n'));
        Assert.EndsWith($" ({reason})\n", call.Error, StringComparison.Ordinal);
        Assert.Contains(named, call.Error, StringComparison.Ordinal);
    }

    /// <summary>Runs a command.</summary>
    public Task<LabctlCall> Labctl(string line) => LabctlCall.Run([.. line.Split(' '), "--server", server.GrpcAddress.ToString()]);

    /// <summary>Runs a command whose words may have blanks in them.</summary>
    public Task<LabctlCall> Words(params string[] words) => LabctlCall.Run([.. words, "--server", server.GrpcAddress.ToString()]);

    public void Dispose() => _folder.Dispose();
}
