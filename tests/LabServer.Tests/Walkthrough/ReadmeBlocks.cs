using LabServer.Tests.Support;

namespace LabServer.Tests.Walkthrough;

/// <summary>The command blocks of README.md that are marked <c>&lt;!-- walkthrough --&gt;</c>, in order.</summary>
internal static class ReadmeBlocks
{
    private const string Mark = "<!-- walkthrough -->";
    private const string Open = "```sh";
    private const string Close = "```";

    /// <summary>The commands of each marked block.</summary>
    public static IReadOnlyList<string> Read()
    {
        var blocks = new List<string>();
        var lines = File.ReadAllLines(Checkout.PathOf("README.md"));
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line] == Mark)
            {
                Assert.Equal(Open, lines[line + 1]);
                blocks.Add(string.Join('\n', lines.Skip(line + 2).TakeWhile(text => text != Close)));
            }
        }

        return blocks;
    }
}
