using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Export;

/// <summary>The same data on two servers, and an export that is sent on to a study of its own.</summary>
public sealed class ExportedTwiceTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string More = FourSubjects.Header + """
        E1,001,ALT,300,U/L,7,40,2020-03-12,DAY 12
        E2,001,ALT,310,U/L,7,40,2020-03-12,DAY 12
        E3,002,GLUC,<30,mg/dL,70,100,2020-03,
        E4,003,2756-5,5.5,,,,2020-03-12,DAY 12
        E5,003,CRP,QNS,mg/L,0,5,2020-03-12T08:30,DAY 12
        E6,004,K,6.6,mmol/L,3.5,5,2020-03-12,DAY 12

        """;

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Export_OtherServerAndOtherOrderOfArrival_GivesTheSameBytes()
    {
        await _subjects.BringGraded("TWICE-1");
        await _subjects.Push("TWICE-1", More);
        await _subjects.Done("grading run --study TWICE-1");
        await using var other = await ServerFixture.Start();
        using var subjects = new FourSubjects(other);
        await subjects.Bring("TWICE-0");
        await subjects.Done("studies create TWICE-1 --arms MSC,Placebo");
        await subjects.Done($"subjects import {Path.Combine(subjects.Folder, "subjects.csv")} --study TWICE-1");
        var lines = More.TrimEnd('\n').Split('\n');
        var results = (await File.ReadAllTextAsync(Path.Combine(subjects.Folder, "results.csv"))).TrimEnd('\n').Split('\n');
        foreach (var line in lines.Skip(1).Concat(results.Skip(1)).Reverse())
        {
            await subjects.Push("TWICE-1", FourSubjects.Header + line + "\n");
            await subjects.Done("grading run --study TWICE-1");
        }

        foreach (var file in new[] { "lb.csv", "lb.json", "lb.ndjson", "adlb.csv", "adlb.json", "ae.csv", "ae.json", "adae.csv", "adae.ndjson" })
        {
            var (first, second) = (await Export(_subjects, "TWICE-1", file), await Export(subjects, "TWICE-1", file));
            Assert.True(first.Length > 1000, file);
            Assert.True(first.SequenceEqual(second), $"{file} differs");
        }
    }

    [Fact]
    public async Task ExportLb_PushedIntoAStudyOfTheSameSubjects_GivesTheSameGrades()
    {
        await _subjects.BringGraded("AGAIN-1");
        await _subjects.Push("AGAIN-1", More);
        await _subjects.Done("grading run --study AGAIN-1");
        await Export(_subjects, "AGAIN-1", "lb.csv");
        await _subjects.Done("studies create AGAIN-2 --arms MSC,Placebo");
        await _subjects.Done($"subjects import {Path.Combine(_subjects.Folder, "subjects.csv")} --study AGAIN-2");

        var push = await _subjects.Labctl($"results push {Path.Combine(_subjects.Folder, "lb.csv")} --study AGAIN-2 --laboratory LAB");

        Assert.Equal(0, push.ExitCode);
        await _subjects.Done("grading run --study AGAIN-2");
        var (first, second) = (await Graded("AGAIN-1"), await Graded("AGAIN-2"));
        Assert.Equal(16, first.Count);
        Assert.Contains(first, row => row.EndsWith("|3", StringComparison.Ordinal));
        Assert.Equal(first, second);
    }

    private async Task<List<string>> Graded(string study)
    {
        string[] left = ["STUDYID", "SRCID"];
        using var reader = new StringReader(System.Text.Encoding.UTF8.GetString(await Export(_subjects, study, "adlb.csv")));
        return [.. CsvText.Rows(reader).Select(row => string.Join('|', row.Where(cell => !left.Contains(cell.Key)).Select(cell => cell.Value).Append(row["ATOXGR"])))];
    }

    private static async Task<byte[]> Export(FourSubjects subjects, string study, string file)
    {
        var path = Path.Combine(subjects.Folder, file);
        var call = await subjects.Labctl($"export {file.Split('.')[0]} --study {study} --rule-set ctcae-5.0 --out {path}");
        Assert.Equal((0, ""), (call.ExitCode, call.Output));
        return await File.ReadAllBytesAsync(path);
    }
}
