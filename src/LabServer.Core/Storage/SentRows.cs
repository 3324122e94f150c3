using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>The results of a batch that are to be stored, as rows of <c>#sent</c>.</summary>
internal sealed class SentRows(ResultBatch batch, IReadOnlyList<SentRow> rows) : BulkRows(
    "#sent",
    [
        "position", "source_result_id", "version", "subject_id", "specimen", "category", "test_code", "reported_value", "reported_unit",
        "reference_low", "reference_high", "collected_at", "resulted_at", "visit", "visit_number", "instrument", "method", "status",
        "specimen_condition", "fasting", "content_hash", "subject_key", "test_key", "standard_value", "collected_us", "hold_reasons",
    ])
{
    private int _at = -1;

    public override bool Read() => ++_at < rows.Count;

    public override object? Value(int ordinal)
    {
        var row = rows[_at];
        var sent = row.Checked.Result;
        return ordinal switch
        {
            0 => (long)row.Position,
            1 => sent.SourceResultId,
            2 => sent.Version,
            3 => sent.SubjectId,
            4 => sent.Specimen,
            5 => sent.Category,
            6 => sent.TestCode,
            7 => sent.ReportedValue,
            8 => sent.ReportedUnit,
            9 => sent.ReferenceLow,
            10 => sent.ReferenceHigh,
            11 => sent.CollectedAt,
            12 => sent.ResultedAt,
            13 => sent.Visit,
            14 => sent.VisitNumber,
            15 => sent.Instrument,
            16 => sent.Method,
            17 => (long)sent.Status,
            18 => sent.SpecimenCondition,
            19 => (long)sent.Fasting,
            20 => batch.ContentHash(row.Position).ToArray(),
            21 => row.SubjectKey,
            22 => row.TestKey,
            23 => ResultStore.StandardValue(row.Checked),
            24 => row.Checked.CollectedUs,
            25 => (long)row.Holds,
            _ => throw new ArgumentOutOfRangeException(nameof(ordinal)),
        };
    }
}
