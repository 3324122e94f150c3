using System.Text.Json.Nodes;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.AdverseEvents;

public sealed class WatchCommandTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Watch_WithALimit_PrintsALineAChangeAndEnds(string format)
    {
        await _subjects.BringGraded($"W-{format}");

        var call = await _subjects.Done($"adverse-events watch --study W-{format} --limit 4 --format {format}");

        var lines = call.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(format == "csv" ? 5 : 4, lines.Length);
        Assert.All(lines.Skip(lines.Length - 4), line => Assert.Contains("ADDED", line, StringComparison.Ordinal));
        Assert.Equal(["001", "001", "002", "003"], Subjects(format, lines));
    }

    [Fact]
    public async Task Watch_WithACursorFile_GoesOnWhereItWas()
    {
        await _subjects.BringGraded("W-2");
        var file = Path.Combine(_subjects.Folder, "cursor");
        var seen = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var call = await _subjects.Done($"adverse-events watch --study W-2 --limit 1 --format json --cursor-file {file}");
            seen.Add($"{JsonNode.Parse(call.Output)!["eventId"]}");
        }

        Assert.Equal(4, seen.Distinct().Count());
        var all = await _subjects.Done("adverse-events watch --study W-2 --limit 4 --format json");
        Assert.Equal(all.Output.TrimEnd('\n').Split('\n').Select(line => $"{JsonNode.Parse(line)!["eventId"]}"), seen);
    }

    [Fact]
    public async Task Watch_FromACursorOrGrade_GivesNoOther()
    {
        await _subjects.BringGraded("W-3");
        var first = JsonNode.Parse((await _subjects.Done("adverse-events watch --study W-3 --limit 1 --format json")).Output)!;

        var second = JsonNode.Parse((await _subjects.Done($"adverse-events watch --study W-3 --limit 1 --format json --cursor {first["cursor"]}")).Output)!;
        var bad = JsonNode.Parse((await _subjects.Done("adverse-events watch --study W-3 --limit 1 --format json --minimum-grade 3 --rule-set ctcae-5.0")).Output)!;

        Assert.NotEqual($"{first["eventId"]}", $"{second["eventId"]}");
        Assert.Equal("002", $"{bad["subjectId"]}");
    }

    [Fact]
    public async Task Watch_FromNowAndStopped_EndsWell()
    {
        await _subjects.BringGraded("W-4");
        var file = Path.Combine(_subjects.Folder, "now");
        using var stop = new CancellationTokenSource();
        var watching = LabctlCall.Run(
            ["adverse-events", "watch", "--study", "W-4", "--from-now", "--cursor-file", file, "--server", server.GrpcAddress.ToString()],
            new Dictionary<string, string?>(),
            stop.Token);
        await Eventually.True(() => File.Exists(file), "the watch has begun");

        await stop.CancelAsync();
        var call = await watching;

        Assert.Equal((0, "", ""), (call.ExitCode, call.Output, call.Error));
    }

    [Fact]
    public async Task Watch_WrongCursorOrStudy_Fails()
    {
        await _subjects.Done("studies create W-5");

        await _subjects.Fails("adverse-events watch --study W-5 --cursor nonsense", "CURSOR_MALFORMED", "cursor");
        await _subjects.Fails("adverse-events watch --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH");
    }

    private static IEnumerable<string> Subjects(string format, string[] lines) => format switch
    {
        "csv" => lines.Skip(1).Select(line => line.Split(',')[2]),
        "json" => lines.Select(line => $"{JsonNode.Parse(line)!["subjectId"]}"),
        _ => lines.Select(line => line.Split("  ")[2]),
    };
}
