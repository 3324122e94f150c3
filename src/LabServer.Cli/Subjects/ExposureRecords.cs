using LabServer.Api.V1;
using LabServer.Cli.Doses;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>The records of a file of SDTM EX, read once: subjects are registered with their first doses, and then the records are stored.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reader">What read them.</param>
/// <param name="Rows">The records.</param>
/// <param name="FirstDoses">Earliest EXSTDTC of each USUBJID. Records that say no dose was given, and partial dates, do not count.</param>
internal sealed record ExposureRecords(
    string Path, DoseFileReader Reader, IReadOnlyList<ImportRow<Dose>> Rows, IReadOnlyDictionary<string, string> FirstDoses)
{
    private const int WholeDate = 10;

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">A needed column is missing, or a row is malformed.</exception>
    public static ExposureRecords Read(CsvFile file)
    {
        // Enough for the first doses; a dose record without its treatment is none.
        var reader = new DoseFileReader(file, needsTreatment: false);
        var rows = new List<ImportRow<Dose>>();
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in reader.Read())
        {
            // A dose left out could be the first one, and would move the baseline: better no import than a wrong one.
            if (row.Item is not { } dose)
            {
                throw new UsageException($"{file.Path}, row {row.Line}: {row.Faults[0].Message}");
            }

            rows.Add(row);
            var time = dose.StartAt.Trim();
            if (!dose.NotGiven && time.Length >= WholeDate
                && (!first.TryGetValue(dose.SubjectId, out var earliest) || string.CompareOrdinal(time, earliest) < 0))
            {
                first[dose.SubjectId] = time;
            }
        }

        return new ExposureRecords(file.Path, reader, rows, first);
    }
}
