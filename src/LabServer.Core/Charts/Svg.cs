using System.Globalization;
using System.Text;

namespace LabServer.Core.Charts;

/// <summary>
/// Writes one SVG picture that stands on its own in a page: a title and a description for those who do not see it, no
/// script, nothing from elsewhere. Numbers have two decimals and invariant form, so the same figures give the same bytes.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="id">Unique in the page; title and description are tied to the picture by it.</param>
    /// <param name="width">Width in user units; the page scales it.</param>
    /// <param name="height">Height in user units.</param>
    /// <param name="title">What it shows, in a few words.</param>
    /// <param name="description">What can be read off it.</param>
    public Svg(string id, double width, double height, string title, string description)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" ");
        _text.Append(CultureInfo.InvariantCulture, $"width=\"{N(width)}\" height=\"{N(height)}\" role=\"img\" ");
        _text.Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{id}-t {id}-d\" font-size=\"12\" font-family=\"inherit\">");
        _text.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{Escape(title)}</title><desc id=\"{id}-d\">{Escape(description)}</desc>");
    }

    /// <summary>A number as it stands in attributes.</summary>
    public static string N(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A text as it stands between tags and in attributes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                // What no document may hold, and what turns the reading direction of its neighbours.
                < 0x20 and not ('\t' or '\n') or 0x7F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A straight line.</summary>
    public Svg Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\"");
        _text.Append(dash is null ? "/>" : $" stroke-dasharray=\"{dash}\"/>");
        return this;
    }

    /// <summary>A rectangle, with a text that shows when pointed at.</summary>
    public Svg Rectangle(double x, double y, double width, double height, string fill, string? stroke = null, string? title = null)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\"");
        _text.Append(stroke is null ? "" : $" stroke=\"{stroke}\"");
        return Close("rect", title);
    }

    /// <summary>A text; anchor is start, middle or end.</summary>
    public Svg Text(double x, double y, string text, string anchor = "start", string fill = Palette.Ink, double size = 12, bool bold = false)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" fill=\"{fill}\"");
        _text.Append(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"");
        _text.Append(size == 12 ? "" : $" font-size=\"{N(size)}\"").Append(bold ? " font-weight=\"600\"" : "");
        _text.Append('>').Append(Escape(text)).Append("</text>");
        return this;
    }

    /// <summary>Lines through points.</summary>
    public Svg Path(IEnumerable<(double X, double Y)> points, string stroke, double width = 1, string? dash = null)
    {
        var path = string.Join('L', points.Select(point => $"{N(point.X)} {N(point.Y)}"));
        _text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\"");
        _text.Append(dash is null ? "/>" : $" stroke-dasharray=\"{dash}\"/>");
        return this;
    }

    /// <summary>A mark of a point. Marks differ in form, so that colour need not be seen.</summary>
    public Svg Mark(Mark mark, double x, double y, double radius, string fill, string stroke, string title)
    {
        var shape = mark switch
        {
            Charts.Mark.Circle => $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"",
            Charts.Mark.Square => $"<rect x=\"{N(x - radius)}\" y=\"{N(y - radius)}\" width=\"{N(2 * radius)}\" height=\"{N(2 * radius)}\"",
            Charts.Mark.Triangle => Polygon((x, y - radius), (x + radius, y + radius), (x - radius, y + radius)),
            _ => Polygon((x, y - (1.3 * radius)), (x + (1.3 * radius), y), (x, y + (1.3 * radius)), (x - (1.3 * radius), y)),
        };
        _text.Append(shape).Append($" fill=\"{fill}\" stroke=\"{stroke}\"");
        return Close(shape[1..shape.IndexOf(' ', StringComparison.Ordinal)], title);
    }

    /// <summary>The picture.</summary>
    public override string ToString() => _text + "</svg>";

    private static string Polygon(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var points = new StringBuilder();
        foreach (var (x, y) in corners)
        {
            points.Append(CultureInfo.InvariantCulture, $"{(points.Length > 0 ? " " : "")}{N(x)},{N(y)}");
        }

        return $"<polygon points=\"{points}\"";
    }

    private Svg Close(string element, string? title)
    {
        _text.Append(title is null ? "/>" : $"><title>{Escape(title)}</title></{element}>");
        return this;
    }
}
