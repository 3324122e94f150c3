using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Studies;

/// <summary>Reads visit windows from a file. What a window may be is for the server to say; here days must be numbers.</summary>
internal static class VisitWindowReader
{
    /// <summary>The windows in the order of the file.</summary>
    /// <exception cref="UsageException">A column is missing, or rows cannot be read; every one of them is named.</exception>
    public static IReadOnlyList<VisitWindow> Read(CsvFile file)
    {
        var (visit, number, target) = (file.RequiredPosition("visit"), file.Position("visit_number"), file.Position("target_day"));
        var (first, last) = (file.RequiredPosition("first_day"), file.RequiredPosition("last_day"));
        var windows = new List<VisitWindow>();
        var faults = new List<string>();
        foreach (var row in file.Rows())
        {
            if (row.Fault is not null)
            {
                faults.Add($"row {row.Line}: {row.Fault}");
                continue;
            }

            var window = new VisitWindow { Visit = row[visit], VisitNumber = row[number].Trim(), FirstDay = Day(first), LastDay = Day(last) };
            if (row[target].Trim().Length > 0)
            {
                window.TargetDay = Day(target);
            }

            windows.Add(window);

            int Day(int position)
            {
                if (int.TryParse(row[position].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var day))
                {
                    return day;
                }

                faults.Add($"row {row.Line}, {file.Columns[position]}: '{row[position]}' is not a whole number.");
                return 0;
            }
        }

        return faults.Count == 0 ? windows : throw new UsageException($"{file.Path}: {string.Join(' ', faults)}");
    }
}
