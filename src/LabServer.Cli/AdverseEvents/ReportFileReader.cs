using System.Globalization;
using LabServer.Cli.Files;
using LabServer.Core.Grading;
using EventReport = LabServer.Api.V1.EventReport;

namespace LabServer.Cli.AdverseEvents;

/// <summary>Reads reports from a file of SDTM AE, recognised by its column USUBJID, or of columns named as on the wire.</summary>
internal sealed class ReportFileReader(CsvFile file)
{
    // Field of the wire, plain column, columns of SDTM AE of which the first that is there is read.
    private static readonly (string Field, string[] Sdtm, bool Required)[] Fields =
    [
        ("subject_id", ["USUBJID"], true),
        ("reported_term", ["AETERM"], true),
        ("coded_term", ["AEDECOD"], false),
        ("system_organ_class", ["AEBODSYS", "AESOC"], false),
        ("onset", ["AESTDTC"], true),
        ("end", ["AEENDTC"], false),
        ("grade", ["AETOXGR"], true),
        ("serious", ["AESER"], false),
        ("relatedness", ["AEREL"], false),
        ("outcome", ["AEOUT"], false),
        ("comment", ["AECOMMENT"], false),
        ("exported_event_id", ["AESPID"], false),
    ];

    private readonly bool _sdtm = file.Has("USUBJID");
    private readonly int _sequence = file.Position("AESEQ");
    private readonly int _reference = file.Position("AEREFID");
    private readonly int _id = file.Position("report_id");
    private bool _isExport;
    private readonly Dictionary<string, (string Column, int Position)> _columns = Fields.ToDictionary(field => field.Field, field => Column(file, field));

    /// <summary>The column of the file that a field of the wire comes from.</summary>
    public string ColumnOf(string field) => _columns.TryGetValue(field, out var column) ? column.Column
        : field == "report_id" && _sdtm ? (_isExport ? "AEREFID" : "AESEQ")
        : field;

    /// <summary>The rows of the file, faulty ones with their faults.</summary>
    public IEnumerable<ImportRow<EventReport>> Read()
    {
        foreach (var row in file.Rows())
        {
            if (row.Fault is not null)
            {
                yield return ImportRow<EventReport>.Malformed(row.Line, row.Fault);
                continue;
            }

            var faults = new List<RowFault>();
            var report = new EventReport
            {
                ReportId = Id(row),
                ExportedEventId = ExportedId(row),
                SubjectId = Text(row, "subject_id"),
                ReportedTerm = Text(row, "reported_term"),
                CodedTerm = Text(row, "coded_term"),
                SystemOrganClass = Text(row, "system_organ_class"),
                Onset = Text(row, "onset"),
                End = Text(row, "end"),
                Grade = Grade(row, faults),
                Serious = Word(row, "serious", EventWords.ReadSerious, "Y or N", faults),
                Relatedness = Word(row, "relatedness", EventWords.ReadRelatedness, EventWords.RelatednessWords, faults),
                Outcome = Word(row, "outcome", EventWords.ReadOutcome, EventWords.OutcomeWords, faults),
                Comment = Text(row, "comment"),
            };
            yield return new ImportRow<EventReport>(row.Line, report, faults);
        }
    }

    // AESPID is each sponsor's own; one that a LabServer gave tells that the row was exported from one.
    private string ExportedId(CsvRow row) =>
        Text(row, "exported_event_id") is var id && (!_sdtm || EventIds.IsGraded(id) || EventIds.IsReported(id)) ? id : "";

    private string Id(CsvRow row)
    {
        if (!_sdtm)
        {
            return row[_id].Trim();
        }

        // An export numbers its rows anew each time; what was reported keeps its id.
        if (EventIds.IsReported(Text(row, "exported_event_id")) && row[_reference].Trim() is { Length: > 0 } reference)
        {
            _isExport = true;
            return reference;
        }

        // USUBJID/AESEQ identifies a record of AE, so that a file that is imported again is known again.
        return row[_sequence].Trim() is { Length: > 0 } sequence ? $"{Text(row, "subject_id")}/{sequence}" : "";
    }

    private string Text(CsvRow row, string field) => row[_columns[field].Position].Trim();

    private int Grade(CsvRow row, List<RowFault> faults)
    {
        var text = Text(row, "grade");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) && grade is >= 1 and <= 5)
        {
            return grade;
        }

        faults.Add(new RowFault(row.Line, ColumnOf("grade"), "GRADE_INVALID", $"'{text}' is not a grade from 1 to 5."));
        return 0;
    }

    private T Word<T>(CsvRow row, string field, Func<string, T?> read, string words, List<RowFault> faults)
        where T : struct
    {
        var text = Text(row, field);
        if (read(text) is { } value)
        {
            return value;
        }

        faults.Add(new RowFault(row.Line, ColumnOf(field), $"{field.ToUpperInvariant()}_UNKNOWN", $"'{text}' is none of {words}."));
        return default;
    }

    private static (string Column, int Position) Column(CsvFile file, (string Field, string[] Sdtm, bool Required) field)
    {
        var names = file.Has("USUBJID") ? field.Sdtm : [field.Field];
        var name = names.FirstOrDefault(file.Has) ?? names[0];
        return (name, field.Required ? file.RequiredPosition(name) : file.Position(name));
    }
}
