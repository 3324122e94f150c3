using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Output;

/// <summary>Texts that a spreadsheet would run, on their way through files and back.</summary>
public sealed class FormulaCellsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Wrong = FourSubjects.Header + "=R1,001,ALT,\"12,5\",U/L,7,40,2020-03-12,@week\n";

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task RejectsFile_RowThatASpreadsheetWouldRun_StaysAsSentAndCanBePushedAgain()
    {
        await _subjects.Bring("FORMULA-1");
        var (file, rejects) = (_subjects.File("wrong.csv", Wrong), Path.Combine(_subjects.Folder, "rejects.csv"));

        await _subjects.Labctl($"results push {file} --study FORMULA-1 --laboratory LAB --rejects {rejects}");
        await _subjects.Labctl($"results push {rejects} --study FORMULA-1 --laboratory LAB");

        using var reader = new StringReader(await File.ReadAllTextAsync(rejects));
        var row = Assert.Single(CsvText.Rows(reader));
        Assert.Equal(("=R1", "@week"), (row["source_result_id"], row["visit"]));
        // Pushed again it was known again, so that the log has it once.
        var rejected = await _subjects.Done("results rejected --study FORMULA-1 --format json");
        Assert.Equal(["=R1"], rejected.Each("sourceResultId"));
        Assert.Contains(",'=R1,", (await _subjects.Done("results rejected --study FORMULA-1 --format csv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_ValueWithAnApostropheOfItsOwn_KeepsIt()
    {
        await _subjects.Bring("FORMULA-2");

        await _subjects.Push("FORMULA-2", FourSubjects.Header + "'=A,001,ALT,'+,U/L,7,40,2020-03-12,'-x\n");

        var listed = await _subjects.Done("results list --study FORMULA-2 --format json");
        Assert.Contains("'=A", listed.Each("sourceResultId"));
        Assert.Contains("'+", listed.Each("reportedValue"));
    }
}
