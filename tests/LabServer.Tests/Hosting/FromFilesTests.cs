using LabServer.Hosting;
using LabServer.Tests.Support;

namespace LabServer.Tests.Hosting;

/// <summary>Values that follow their files.</summary>
public sealed class FromFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CollectedLog _log = new();

    private string File => Path.Combine(_folder.Path, "number");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Value_FileChanges_FollowsAndIsLoggedOnce()
    {
        var number = Make("1");
        Assert.Equal("1", number.Value);

        await System.IO.File.WriteAllTextAsync(File, "2");

        await Eventually.True(() => number.Value == "2", "the new value is in force");
        Assert.Equal([520], _log.Entries.Select(entry => entry.EventId));
    }

    [Fact]
    public async Task Value_FileCannotBeUsedOrIsGone_StaysUntilItCan()
    {
        var number = Make("1");

        await System.IO.File.WriteAllTextAsync(File, "half");
        await Eventually.True(() => number.Value == "1" && _log.Entries.Count == 1, "the fault is logged");
        System.IO.File.Delete(File);
        await Eventually.True(() => number.Value == "1" && _log.Entries.Count == 2, "the file is missed");
        await System.IO.File.WriteAllTextAsync(File, "3");

        await Eventually.True(() => number.Value == "3", "the new value is in force");
        Assert.Equal([521, 521, 520], _log.Entries.Select(entry => entry.EventId));
        Assert.All(_log.Entries, entry => Assert.Contains(File, entry.Message, StringComparison.Ordinal));
    }

    private FromFiles<string> Make(string content)
    {
        System.IO.File.WriteAllText(File, content);
        return new FromFiles<string>(
            [File],
            () => System.IO.File.ReadAllText(File) is var text && text != "half" ? text : throw new InvalidDataException("half of it"),
            new SteppedTime(TimeSpan.FromSeconds(2)),
            _log.CreateLogger("test"));
    }
}
