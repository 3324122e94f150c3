using System.Text;

namespace LabServer.Core.Reports;

/// <summary>
/// From material to files: a pure function. The same material gives the same bytes on every machine and at any time; of the blinded
/// edition that holds whoever got which treatment, since arms are not among what it is made of.
/// </summary>
internal static class SafetyReportFiles
{
    /// <summary>
    /// Number of the way material becomes files. A change of any byte of page or tables is a new one: reports of an older
    /// one stay as they were made, and are not made again.
    /// </summary>
    public const int Format = 1;

    /// <summary>Name of the page.</summary>
    public const string Page = "report.html";

    /// <summary>Both editions.</summary>
    public static IReadOnlyList<RenderedEdition> Render(ReportMaterial material, ReportArms arms) =>
        [Render(ReportEdition.Blinded, material, null), Render(ReportEdition.ByArm, material, arms)];

    private static RenderedEdition Render(ReportEdition edition, ReportMaterial material, ReportArms? arms)
    {
        var tables = ReportTables.Of(material, arms);
        return new RenderedEdition(edition,
        [
            new RenderedFile(Page, Encoding.UTF8.GetBytes(new ReportPage(material, arms, tables).Write())),
            .. tables.Select(table => new RenderedFile(table.File, TableCsv.Write(table))),
        ]);
    }
}

/// <summary>An edition as it was made of its material.</summary>
internal sealed record RenderedEdition(ReportEdition Edition, IReadOnlyList<RenderedFile> Files)
{
    /// <summary>Of the list of files as <c>sha256sum</c> writes it.</summary>
    public string Sha256 { get; } =
        MaterialJson.Hash(Encoding.UTF8.GetBytes(string.Concat(Files.Select(file => $"{file.Sha256}  {file.Name}\n"))));
}

/// <summary>A file with its hash.</summary>
internal sealed record RenderedFile(string Name, byte[] Content)
{
    public string Sha256 { get; } = MaterialJson.Hash(Content);
}
