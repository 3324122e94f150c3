using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>Reads first doses from SDTM EX.</summary>
internal static class ExposureReader
{
    private const int WholeDate = 10;

    /// <summary>Earliest EXSTDTC of each USUBJID. Records that say no dose was given, and partial dates, do not count.</summary>
    /// <exception cref="UsageException">A needed column is missing, or a row is malformed.</exception>
    public static IReadOnlyDictionary<string, string> FirstDoses(CsvFile file)
    {
        var subject = file.RequiredPosition("USUBJID");
        var start = file.RequiredPosition("EXSTDTC");
        var occurred = file.Position("EXOCCUR");
        var status = file.Position("EXSTAT");
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in file.Rows())
        {
            // A dose left out could be the first one, and would move the baseline: better no import than a wrong one.
            if (row.Fault is not null)
            {
                throw new UsageException($"{file.Path}, row {row.Line}: {row.Fault}");
            }

            var (id, time) = (row[subject], row[start].Trim());
            var given = !row[occurred].Trim().Equals("N", StringComparison.OrdinalIgnoreCase)
                && !row[status].Trim().Equals("NOT DONE", StringComparison.OrdinalIgnoreCase);
            if (given && time.Length >= WholeDate && (!first.TryGetValue(id, out var earliest) || string.CompareOrdinal(time, earliest) < 0))
            {
                first[id] = time;
            }
        }

        return first;
    }
}
