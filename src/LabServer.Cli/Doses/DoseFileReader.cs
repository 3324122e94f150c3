using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Doses;

/// <summary>Reads dose records from SDTM EX, recognised by its column USUBJID, or from columns named as the fields of the wire.</summary>
internal sealed class DoseFileReader
{
    private static readonly IReadOnlyDictionary<string, string> ExposureColumns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["subject_id"] = "USUBJID",
        ["dose_id"] = "EXSEQ",
        ["treatment"] = "EXTRT",
        ["amount"] = "EXDOSE",
        ["unit"] = "EXDOSU",
        ["start_at"] = "EXSTDTC",
        ["end_at"] = "EXENDTC",
        ["visit"] = "VISIT",
        ["visit_number"] = "VISITNUM",
    };

    private readonly CsvFile _file;
    private readonly bool _isExposure;
    private readonly Dictionary<string, int> _positions;
    private readonly int _occurred;
    private readonly int _status;
    private readonly int _notGiven;
    private readonly Dictionary<string, int> _records = new(StringComparer.Ordinal);

    /// <summary>Looks for the columns.</summary>
    /// <param name="file">The file.</param>
    /// <param name="needsTreatment">Whether a file without the treatment is refused; a record without it cannot be stored.</param>
    /// <exception cref="UsageException">A needed column is missing.</exception>
    public DoseFileReader(CsvFile file, bool needsTreatment = true)
    {
        _file = file;
        _isExposure = file.Has("USUBJID");
        _positions = ExposureColumns.Keys.ToDictionary(field => field, field => file.Position(ColumnOf(field)));
        file.RequiredPosition(ColumnOf("subject_id"));
        file.RequiredPosition(ColumnOf("start_at"));
        if (needsTreatment)
        {
            file.RequiredPosition(ColumnOf("treatment"));
        }

        // In EX a missing number is made up for by the place of the record; a file of one's own says what it means.
        if (!_isExposure)
        {
            file.RequiredPosition("dose_id");
        }

        (_occurred, _status, _notGiven) = (file.Position("EXOCCUR"), file.Position("EXSTAT"), file.Position("not_given"));
    }

    /// <summary>Whether the file says what was given, so that its records can be stored.</summary>
    public bool HasTreatment => _positions["treatment"] >= 0;

    /// <summary>The column of the file that a field of the wire comes from.</summary>
    public string ColumnOf(string field) => _isExposure ? ExposureColumns.GetValueOrDefault(field, field) : field;

    /// <summary>The rows of the file.</summary>
    public IEnumerable<ImportRow<Dose>> Read()
    {
        foreach (var row in _file.Rows())
        {
            yield return row.Fault is { } fault
                ? ImportRow<Dose>.Malformed(row.Line, fault)
                : new ImportRow<Dose>(row.Line, Dose(row), []);
        }
    }

    private Dose Dose(CsvRow row)
    {
        var subject = Text("subject_id");
        return new Dose
        {
            SubjectId = subject,
            DoseId = _positions["dose_id"] < 0 ? NextNumber(subject) : Text("dose_id"),
            Treatment = Text("treatment"),
            Amount = Text("amount"),
            Unit = Text("unit"),
            StartAt = Text("start_at"),
            EndAt = Text("end_at"),
            Visit = Text("visit"),
            VisitNumber = Text("visit_number"),
            NotGiven = Is(_occurred, "N") || Is(_status, "NOT DONE") || Is(_notGiven, "Y"),
        };

        string Text(string field) => row[_positions[field]];

        bool Is(int position, string word) => row[position].Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private string NextNumber(string subject)
    {
        _records[subject] = _records.GetValueOrDefault(subject) + 1;
        return _records[subject].ToString(CultureInfo.InvariantCulture);
    }
}
