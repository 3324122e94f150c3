using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LabServer.Core.Reports;

namespace LabServer.Core.Tests.Reports;

/// <summary>From material to files: pure, escaped, bounded on the page and whole in the tables.</summary>
public sealed class SafetyReportFilesTests
{
    // What the editions of SmallMaterial hash to in format 1. Another hash means another format: reports on file could not
    // be made again with the same bytes. Raise SafetyReportFiles.Format then, and write the new hashes here.
    private const int HashedFormat = 1;
    private const string BlindedHash = "4bc91d5a676245f653ba90fcece8cb950bfd1829186600781821604be8f642ed";
    private const string ByArmHash = "1e8edd9bed2b1bb203e74850c2f98fbefaa0700ccdd51a56a3ba8eb74b3f1140";

    [Fact]
    public void Render_OfTheSameMaterial_HasTheBytesOfItsFormat()
    {
        var made = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms());

        Assert.Equal(HashedFormat, SafetyReportFiles.Format);
        Assert.True(BlindedHash == made[0].Sha256 && ByArmHash == made[1].Sha256, $"{made[0].Sha256} {made[1].Sha256}");
    }

    [Fact]
    public void Render_InAnotherCultureAndFromStoredForm_HasTheSameBytes()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms()).Select(edition => edition.Sha256).ToList();
        try
        {
            // Made by hand: a machine may have the invariant culture alone.
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (odd.NumberFormat.NumberDecimalSeparator, odd.NumberFormat.NumberGroupSeparator, odd.NumberFormat.NegativeSign) = (";", "_", "~");
            odd.DateTimeFormat.DateSeparator = "!";
            CultureInfo.CurrentCulture = odd;
            var material = MaterialJson.Read<ReportMaterial>(MaterialJson.Decompress(MaterialJson.Compress(MaterialJson.Write(SmallMaterial.Of()))));
            var arms = MaterialJson.Read<ReportArms>(MaterialJson.Write(SmallMaterial.Arms()));

            Assert.Equal(expected, SafetyReportFiles.Render(material, arms).Select(edition => edition.Sha256));
            Assert.Equal(MaterialJson.Write(SmallMaterial.Of()), MaterialJson.Write(material));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Blinded_WhateverTheArms_HasTheSameBytesAndNamesNone()
    {
        var one = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms("SECRET-ARM"));
        var other = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms("OTHER-ARM", "02"));

        Assert.Equal(one[0].Sha256, other[0].Sha256);
        Assert.NotEqual(one[1].Sha256, other[1].Sha256);
        Assert.All(one[0].Files, file => Assert.DoesNotContain("arm\"", Text(file), StringComparison.OrdinalIgnoreCase));
        Assert.All(one[0].Files, file => Assert.DoesNotContain("SECRET", Text(file), StringComparison.Ordinal));
        Assert.Contains("SECRET-ARM", Text(one[1].Files[0]), StringComparison.Ordinal);
        Assert.Contains("Unblinded", Text(one[1].Files[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</style></title><b>")]
    [InlineData("&lt;&amp;'\u202E\u0001")]
    public void Page_WithHostileTexts_HoldsThemAsTextOnly(string text)
    {
        var page = Page(SmallMaterial.Of(text), SmallMaterial.Arms(text, text));

        Assert.DoesNotContain(text, page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(script|img|b|iframe|link|object)\\b", page);
        Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(page, "<style>"));
    }

    [Fact]
    public void Page_NeedsNothingFromElsewhere()
    {
        var page = Page(SmallMaterial.Of(), SmallMaterial.Arms());
        var sheet = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;

        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!#)", page);
        Assert.DoesNotContain("url(", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HeadingsTablesAndPictures_AreNamed()
    {
        var page = Page(SmallMaterial.Of(), SmallMaterial.Arms());

        Assert.Equal(1, Regex.Count(page, "<h1>"));
        Assert.Equal(Regex.Count(page, "<table>"), Regex.Count(page, "<caption"));
        Assert.Equal(Regex.Count(page, "<th "), Regex.Count(page, "<th scope=\"col\""));
        Assert.Equal(Regex.Count(page, "<svg "), Regex.Count(page, "<desc "));
        var ids = Regex.Matches(page, " id=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NothingHappened_SaysSo()
    {
        var page = Page(SmallMaterial.Empty(), null);

        Assert.Contains("No new or changed events since 2026-03-01 05:00.", page, StringComparison.Ordinal);
        Assert.Contains("No alert is open.", page, StringComparison.Ordinal);
        Assert.Contains("No new events of grade 3 or more since 2026-03-01 05:00.", page, StringComparison.Ordinal);
        Assert.Contains("No subject has an event.", page, StringComparison.Ordinal);
        Assert.Contains("No result is held.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_FirstReport_SaysThatAllIsNew()
    {
        Assert.Contains("this is the first report of the study", Page(SmallMaterial.Empty(previous: null), null), StringComparison.Ordinal);
        Assert.Contains("every event is new", Page(SmallMaterial.Of() with { Previous = null }, null), StringComparison.Ordinal);
    }

    [Fact]
    public void LongTable_IsBoundedOnThePageWithAWordAndWholeInItsFile()
    {
        var made = SafetyReportFiles.Render(SmallMaterial.Of(events: 1_200), SmallMaterial.Arms())[0];

        Assert.Contains("First 50 of 1,200, all in events.csv.", Text(made.Files[0]), StringComparison.Ordinal);
        Assert.Equal(1_201, Text(made.Files.Single(file => file.Name == "events.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Tables_CellsThatASpreadsheetWouldRun_AreMadeHarmless()
    {
        var events = Text(SafetyReportFiles.Render(SmallMaterial.Of("=HYPERLINK(\"x\")"), SmallMaterial.Arms())[0].Files.Single(file => file.Name == "events.csv"));

        Assert.DoesNotMatch("(^|,)\"?=", events);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", events, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidence_ByArm_HasARowAnArmAndSumsToThePooledOne()
    {
        var made = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms());
        var pooled = Rows(made[0], "incidence.csv");
        var byArm = Rows(made[1], "incidence.csv");

        Assert.Equal("ctcae-5.0@2,Any event,,,10,1,2,1,0,0,3,1,4,40.0", pooled[1]);
        Assert.Equal(["ctcae-5.0@2,Any event,,,MSC,6,1,1,1,0,0,2,1,3,50.0", "ctcae-5.0@2,Any event,,,Placebo,4,0,1,0,0,0,1,0,1,25.0"], byArm[1..3]);
        Assert.Equal((3, 6), (pooled.Length - 1, byArm.Length - 1));
    }

    [Fact]
    public void Edition_Hash_IsOfTheListOfItsFiles()
    {
        var made = SafetyReportFiles.Render(SmallMaterial.Of(), SmallMaterial.Arms())[0];
        var list = string.Concat(made.Files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Content))}  {file.Name}\n"));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list))), made.Sha256);
        Assert.Equal("report.html", made.Files[0].Name);
    }

    private static string[] Rows(RenderedEdition edition, string file) =>
        Text(edition.Files.Single(made => made.Name == file)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(RenderedFile file) => Encoding.UTF8.GetString(file.Content);

    private static string Page(ReportMaterial material, ReportArms? arms) => new ReportPage(material, arms, ReportTables.Of(material, arms)).Write();
}
