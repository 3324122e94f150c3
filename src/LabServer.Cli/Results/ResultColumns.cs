using LabServer.Api.V1;
using LabServer.Cli.Jobs;
using LabServer.Cli.Output;

namespace LabServer.Cli.Results;

/// <summary>How results are written. The columns of a result as sent are those that <c>results push</c> reads.</summary>
internal static class ResultColumns
{
    private static readonly IReadOnlyList<Column<LabResult>> AsSent =
    [
        new("source_result_id", result => result.SourceResultId),
        new("version", result => result.Version),
        new("subject_id", result => result.SubjectId),
        new("specimen", result => result.Specimen, InTable: false),
        new("category", result => result.Category, InTable: false),
        new("test_code", result => result.TestCode),
        new("reported_value", result => result.ReportedValue),
        new("reported_unit", result => result.ReportedUnit),
        new("reference_low", result => result.ReferenceLow, InTable: false),
        new("reference_high", result => result.ReferenceHigh, InTable: false),
        new("collected_at", result => result.CollectedAt),
        new("resulted_at", result => result.ResultedAt, InTable: false),
        new("visit", result => result.Visit),
        new("visit_number", result => result.VisitNumber, InTable: false),
        new("instrument", result => result.Instrument, InTable: false),
        new("method", result => result.Method, InTable: false),
        new("status", result => Enums.Lower(result.Status), InTable: false),
        new("specimen_condition", result => result.SpecimenCondition, InTable: false),
        new("fasting", result => result.Fasting switch { Fasting.Yes => "Y", Fasting.No => "N", _ => "" }, InTable: false),
    ];

    /// <summary>A result on file.</summary>
    public static readonly IReadOnlyList<Column<StoredResult>> Stored =
    [
        new("study", stored => stored.StudyId, InTable: false),
        new("laboratory", stored => stored.Laboratory),
        .. Of<StoredResult>(stored => stored.Result),
        new("catalogue_test_code", stored => stored.TestCode, InTable: false),
        new("standard_value", stored => stored.HasStandardValue ? stored.StandardValue : null),
        new("standard_unit", stored => stored.StandardUnit),
        new("hold_reasons", stored => stored.HoldReasons.Select(Enums.Text).ToList()),
        new("superseded", stored => stored.Superseded, InTable: false),
        new("received_at", stored => JobColumns.Time(stored.ReceivedAt), InTable: false),
        new("received_from", stored => stored.ReceivedFrom, InTable: false),
        new("derived", stored => stored.Derived),
        new("computation", stored => stored.Computation, InTable: false),
        new(
            "inputs",
            stored => stored.Inputs.Select(input => $"{input.Laboratory}/{input.SourceResultId} v{Cell.Text(input.Version)} ({input.Role})").ToList(),
            InTable: false),
        new("flags", stored => stored.Flags.Select(Enums.Text).ToList(), InTable: false),
    ];

    /// <summary>A result with what is behind each of its flags.</summary>
    public static readonly IReadOnlyList<Column<FlaggedResult>> Flagged =
    [
        .. Stored.Select(column => new Column<FlaggedResult>(
            column.Name, flagged => column.Value(flagged.Result), column.Name == "flags" || (column.InTable && column.Name != "hold_reasons"))),
        new("flag_details", flagged => flagged.Flags.Select(flag => flag.Detail).ToList()),
        new("compared_with", flagged => flagged.Flags.Select(flag => flag.OtherSourceResultId).ToList()),
    ];

    /// <summary>An entry of the reject log.</summary>
    public static readonly IReadOnlyList<Column<RejectedResult>> Rejected =
    [
        new("laboratory", rejected => rejected.Laboratory),
        .. Of<RejectedResult>(rejected => rejected.Result),
        new("fault_codes", rejected => rejected.Faults.Select(fault => fault.Code).ToList()),
        new("fault_fields", rejected => rejected.Faults.Select(fault => fault.Field).ToList()),
        new("fault_messages", rejected => rejected.Faults.Select(fault => fault.Message).ToList(), InTable: false),
        new("received_at", rejected => JobColumns.Time(rejected.ReceivedAt), InTable: false),
        new("received_from", rejected => rejected.ReceivedFrom, InTable: false),
    ];

    private static IEnumerable<Column<T>> Of<T>(Func<T, LabResult> result) =>
        AsSent.Select(column => new Column<T>(column.Name, row => column.Value(result(row)), column.InTable));
}
