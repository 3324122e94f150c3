using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Grading;

public class QuirksPageTests
{
    [Fact]
    public void Page_AllNineteenPoints_NameATestThatExists()
    {
        var rows = File.ReadLines(Checkout.File("docs", "quirks.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var tests = typeof(QuirksTests).GetMethods()
            .Where(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)
            .Select(method => method.Name)
            .ToList();

        Assert.Equal(Enumerable.Range(1, 19).Select(number => $"{number}"), rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.All(row[2..6], cell => Assert.NotEmpty(cell)));
        Assert.Equal(tests.Order(StringComparer.Ordinal), rows.Select(row => row[5].Trim('`')).Order(StringComparer.Ordinal));
    }
}
