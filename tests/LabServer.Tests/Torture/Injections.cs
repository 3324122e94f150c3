using System.Globalization;

namespace LabServer.Tests.Torture;

/// <summary>Texts that something on the way might run, render, cut or choke on. Each has a number in it, so that all differ.</summary>
internal static class Injections
{
    // {0} is the number. None begins or ends with a blank: surrounding blanks are not kept, as everywhere.
    private static readonly string[] Patterns =
    [
        // SQL
        "x{0}'; DROP TABLE lab_result; --", "x{0}' OR '1'='1", "x{0}\" OR \"\"=\"", "{0}); DELETE FROM study; --", "x{0}' UNION SELECT name FROM sqlite_master --", "@p{0}", "%{0}_[a-z]%",
        // HTML and scripts
        "<script>alert({0})</script>", "<img src=x{0} onerror=alert(1)>", "\"><svg/onload=alert({0})>", "</td></tr></table><h1>{0}", "&lt;b{0}&gt;", "&#x3C;i{0}", "javascript:alert({0})", "${{alert({0})}}", "{{{{{0}*7}}}}",
        "<!--{0}", "]]>{0}", "' onmouseover='alert({0})", "</style><style>*{{display:none}}/*{0}", "<a href='data:text/html,{0}'>x</a>",
        // Spreadsheets
        "=1+{0}", "=HYPERLINK(\"http://x/{0}\")", "+{0}+cmd|' /C calc'!A0", "-{0}+2", "@SUM({0})", "＝{0}+1", "\"=1+{0}", "'={0}", ";={0}", ",={0}",
        // Shells, paths, formats
        "$(touch /tmp/x{0})", "`id {0}`", "x{0}; rm -rf .", "x{0} && true", "| cat {0}", "../../{0}/etc/passwd", "C:\\{0}\\nul", "%s%n%x{0}", "{{0}}{0}", "%00{0}", "file:///{0}",
        // CSV, JSON, XML, logs
        "a{0},b", "a{0}\"b", "a{0}\"\"", "a{0};b\tc", "{{\"a\":{0}}}", "\\\"{0}\\u0000", "<?xml version='{0}'?>", "a{0}\\n2026 INFO forged", "a{0}\r\nb", "a{0}\nb",
        // Unicode
        "a{0}\u202Ecba", "a{0}\u2066x\u2069", "a{0}\u200B\u200D\uFEFFb", "e\u0301{0}", "\u00E9{0}", "\U0001F9EA{0}\U0001F469\u200D\U0001F52C", "Ω{0}≈ç√", "a{0}\u0000b", "a{0}\u0001\u001Bb", "a{0}\u007F\u0085b", "a{0}\uFFFEb", "a{0}\uFFFF", "İı{0}ß",
        "a{0}\u2028b",
    ];

    /// <summary>The text of a number.</summary>
    public static string Of(int number)
    {
        var text = string.Format(CultureInfo.InvariantCulture, Patterns[number % Patterns.Length], number);
        // Now and then a very long one.
        return number % 37 == 36 ? text + new string('x', 4000) : text;
    }
}
