using System.Security.Cryptography;
using System.Text;
using LabServer.Core.Charts;

namespace LabServer.Core.Reports;

/// <summary>The style sheet of the page, on a screen and on A4 paper.</summary>
internal static class ReportStyle
{
    /// <summary>The sheet. Fonts are those of the reader's machine: nothing is fetched.</summary>
    public const string Sheet = $$"""
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 62rem; color: {{Palette.Ink}}; background: #fff;
          font: 15px/1.45 "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .2rem; }
        h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid {{Palette.Line}}; }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
        p { margin: .4rem 0 .7rem; max-width: 48rem; }
        a { color: {{Palette.Line}}; }
        .subtitle { margin: 0 0 1rem; color: {{Palette.Quiet}}; font-size: 1.05rem; }
        .edition { display: inline-block; margin: 0 0 1rem; padding: .2rem .7rem; border: 1.5px solid {{Palette.Line}}; border-radius: 3px; font-weight: 600; }
        .edition.by-arm { border-color: {{Palette.Alarm}}; color: {{Palette.Alarm}}; }
        dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0 0 1.2rem; }
        dl.facts dt { color: {{Palette.Quiet}}; }
        dl.facts dd { margin: 0; }
        .hash { font-family: ui-monospace, Consolas, "Liberation Mono", monospace; font-size: .8em; color: {{Palette.Quiet}}; overflow-wrap: anywhere; }
        ul.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: .6rem; margin: 1rem 0 0; padding: 0; list-style: none; }
        ul.figures li { border: 1px solid {{Palette.Grid}}; border-left: 4px solid {{Palette.Axis}}; border-radius: 3px; padding: .5rem .7rem; break-inside: avoid; }
        ul.figures li.attention { border-left-color: {{Palette.Alarm}}; }
        ul.figures strong { display: block; font-size: 1.6rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
        ul.figures li.attention strong { color: {{Palette.Alarm}}; }
        ul.figures span { color: {{Palette.Quiet}}; font-size: .88rem; }
        nav ol { columns: 2; margin: .4rem 0 0; padding-left: 1.3rem; }
        table { border-collapse: collapse; width: 100%; margin: .3rem 0 .4rem; font-size: .84rem; line-height: 1.3; }
        caption { text-align: left; font-weight: 600; padding: .5rem 0 .3rem; font-size: .92rem; }
        th, td { padding: .28rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid {{Palette.Grid}}; }
        td.w { overflow-wrap: anywhere; }
        thead th { border-bottom: 1.5px solid {{Palette.Axis}}; vertical-align: bottom; }
        tbody th { font-weight: 600; }
        td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.t { white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.g, th.g { text-align: center; }
        td.k { white-space: nowrap; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .grade { display: inline-block; min-width: 1.6em; padding: 0 .35em; border: 1px solid {{Palette.Axis}}; border-radius: 3px; text-align: center; font-weight: 600; }
        .g1 { background: #fbe6a2; } .g2 { background: #f3ab4e; } .g3 { background: #c4501c; color: #fff; }
        .g4 { background: #8f1420; color: #fff; } .g5 { background: #2f0a12; color: #fff; }
        .note, .more { color: {{Palette.Quiet}}; font-size: .86rem; }
        .empty { padding: .5rem .8rem; background: #f4f7f9; border-left: 4px solid {{Palette.Grid}}; }
        .waiting { padding: .5rem .8rem; background: #fdf3e3; border-left: 4px solid #f3ab4e; }
        figure { margin: .6rem 0 1rem; break-inside: avoid; }
        figure svg { max-width: 100%; height: auto; display: block; }
        h1, .subtitle, dd, figcaption, p { overflow-wrap: anywhere; }
        figcaption { font-size: .88rem; margin: 0 0 .2rem; }
        .courses { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem 1.2rem; }
        .courses figure { margin: .3rem 0; }
        .pairs { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.8rem; align-items: start; }
        .pairs > * { min-width: 0; }
        footer { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid {{Palette.Grid}}; color: {{Palette.Quiet}}; font-size: .86rem; }
        @media (max-width: 46rem) { .courses, .pairs { grid-template-columns: 1fr; } ul.figures { grid-template-columns: 1fr 1fr; } nav ol { columns: 1; } }
        @page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9px sans-serif; color: {{Palette.Quiet}}; } }
        @media print {
          html { font-size: 12.5px; }
          body { padding: 0; max-width: none; font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          h2 { margin-top: 1.6rem; } h2, h3, caption { break-after: avoid; }
          thead { display: table-header-group; } tr, figure, .empty, .waiting { break-inside: avoid; }
          nav { display: none; }
          .courses, .pairs { grid-template-columns: 1fr 1fr; } ul.figures { grid-template-columns: repeat(4, 1fr); }
          a { color: inherit; text-decoration: none; }
        }
        """;

    /// <summary>What the page may load: its own style sheet, known by its hash, and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Normal)))}'; base-uri 'none'; form-action 'none'";

    /// <summary>The sheet with line feeds, whatever the sources were checked out with.</summary>
    public static string Normal => Sheet.ReplaceLineEndings("\n");
}
