using System.Globalization;
using System.Xml.Linq;
using LabServer.Core.Charts;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Charts;

public sealed class ChartTests
{
    private const string Hostile = "<script>alert('1')</script> & \"x\"\u0007";

    public static TheoryData<string, string> Pictures => new()
    {
        { "bars", GradeBars.Draw("p", Hostile, [new(Hostile, [new(Hostile, 10, [1, 2, 0, 1, 0]), new("B", 0, [0, 0, 0, 0, 0])])]) },
        { "quadrants", QuadrantChart.Draw("p", Hostile, [new(Hostile, 4, 3, LiverQuadrant.HysLaw, "A"), new("2", 0, 0, LiverQuadrant.Normal, "B")], ["A", "B"]) },
        { "one quadrant", QuadrantChart.Draw("p", Hostile, [], [""]) },
        { "course", CourseChart.Draw("p", Hostile, Hostile, "days", [new(1, Hostile, 5, 1, 4, 3), new(2, "b", 600, null, null, null)], [new(3, 4.5)]) },
        { "one point", CourseChart.Draw("p", "t", "", "days", [new(0, "a", 0, null, null, 0)], []) },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_IsWellFormedNamedAndWithoutForeignMarkup(string kind, string svg)
    {
        var root = XDocument.Parse(svg).Root!;

        Assert.Equal("svg", root.Name.LocalName);
        Assert.Equal("img", root.Attribute("role")!.Value);
        var (title, description) = (root.Elements().First(), root.Elements().Skip(1).First());
        Assert.Equal(("title", "desc"), (title.Name.LocalName, description.Name.LocalName));
        Assert.Equal($"{title.Attribute("id")!.Value} {description.Attribute("id")!.Value}", root.Attribute("aria-labelledby")!.Value);
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "image" or "foreignObject" or "style");
        Assert.All(root.DescendantsAndSelf().SelectMany(element => element.Attributes()), attribute => Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
        Assert.True(kind.Length > 0);
    }

    [Fact]
    public void Bars_WidthsFollowShares()
    {
        var svg = XDocument.Parse(GradeBars.Draw("p", "t", [new("Term", [new("A", 20, [2, 4, 0, 0, 0])])]));

        var parts = svg.Descendants().Where(element => element.Name.LocalName == "rect" && element.Elements().Any())
            .Select(element => double.Parse(element.Attribute("width")!.Value, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(2, parts.Count);
        Assert.Equal(2, parts[1] / parts[0], 2);
        Assert.Contains("6 (30.0 %)", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quadrants_AreCountedAsGiven()
    {
        var svg = QuadrantChart.Draw(
            "p", "t", [new("1", 3, 2, LiverQuadrant.HysLaw, ""), new("2", 3, 1, LiverQuadrant.Temple, ""), new("3", 1, 2, LiverQuadrant.Cholestasis, ""), new("4", 1, 1, LiverQuadrant.Normal, "")], [""]);

        Assert.All(["Hy&#39;s law range: 1", "Cholestasis range: 1", "Temple&#39;s corollary: 1", "Neither: 1"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Course_ThresholdsFarAway_AreNotDrawn()
    {
        var svg = CourseChart.Draw("p", "t", "U/L", "days", [new(0, "a", 130, 5, 40, 2)], [new(1, 40), new(2, 120), new(3, 200), new(4, 800)]);

        Assert.Contains("grade 3<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("grade 4<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Grades_OfPalette_GrowDarkerAndKeepTheirTextsReadable()
    {
        var luminance = Enumerable.Range(0, 6).Select(grade => Luminance(Palette.Grade(grade).Fill)).ToList();

        Assert.Equal(luminance.OrderDescending(), luminance);
        Assert.All(Enumerable.Range(0, 6), grade =>
        {
            var (fill, text) = (Luminance(Palette.Grade(grade).Fill), Luminance(Palette.Grade(grade).Text));
            Assert.True((Math.Max(fill, text) + 0.05) / (Math.Min(fill, text) + 0.05) >= 4.5, $"grade {grade}");
        });
    }

    // Relative luminance as the Web Content Accessibility Guidelines 2.1 define it.
    private static double Luminance(string colour)
    {
        int[] starts = [1, 3, 5];
        var parts = starts
            .Select(at => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }
}
