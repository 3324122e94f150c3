using System.Globalization;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary>The fields of a result, as columns of a file.</summary>
internal static class ResultFields
{
    /// <summary>All of them. The id of a result is put together elsewhere for SDTM LB.</summary>
    public static readonly IReadOnlyList<ResultField> All =
    [
        Needed("source_result_id", null, (result, text) => result.SourceResultId = text),
        new("version", null, false, Version),
        Needed("subject_id", "USUBJID", (result, text) => result.SubjectId = text),
        Text("specimen", "LBSPEC", (result, text) => result.Specimen = text),
        Text("category", "LBCAT", (result, text) => result.Category = text),
        Needed("test_code", "LBTESTCD", (result, text) => result.TestCode = text),
        Needed("reported_value", "LBORRES", (result, text) => result.ReportedValue = text),
        Text("reported_unit", "LBORRESU", (result, text) => result.ReportedUnit = text),
        Text("reference_low", "LBORNRLO", (result, text) => result.ReferenceLow = text),
        Text("reference_high", "LBORNRHI", (result, text) => result.ReferenceHigh = text),
        Needed("collected_at", "LBDTC", (result, text) => result.CollectedAt = text),
        Text("resulted_at", null, (result, text) => result.ResultedAt = text),
        Text("visit", "VISIT", (result, text) => result.Visit = text),
        Text("visit_number", "VISITNUM", (result, text) => result.VisitNumber = text),
        Text("instrument", null, (result, text) => result.Instrument = text),
        Text("method", "LBMETHOD", (result, text) => result.Method = text),
        new("status", "LBSTAT", false, Status),
        Text("specimen_condition", "LBSPCCND", (result, text) => result.SpecimenCondition = text),
        new("fasting", "LBFAST", false, Fasted),
    ];

    /// <summary>A fault found before anything was sent.</summary>
    public static Fault Malformed(string what, string field, string message) => new() { Code = $"{what}_MALFORMED", Field = field, Message = message };

    private static ResultField Needed(string name, string? sdtmColumn, Action<LabResult, string> put) =>
        Text(name, sdtmColumn, put) with { Required = true };

    private static ResultField Text(string name, string? sdtmColumn, Action<LabResult, string> put) =>
        new(name, sdtmColumn, false, (result, text) =>
        {
            put(result, text);
            return null;
        });

    private static Fault? Version(LabResult result, string text)
    {
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return Malformed("VERSION", "version", $"{text} is not a version: a whole number from 1.");
        }

        result.Version = version;
        return null;
    }

    private static Fault? Status(LabResult result, string text)
    {
        result.Status = text.Trim().ToUpperInvariant() switch
        {
            "PRELIMINARY" => ResultStatus.Preliminary,
            "FINAL" => ResultStatus.Final,
            "CORRECTED" => ResultStatus.Corrected,
            // LBSTAT of a test that was planned and not done: kept like a withdrawn result, never graded.
            "CANCELLED" or "CANCELED" or "NOT DONE" => ResultStatus.Cancelled,
            _ => ResultStatus.Unspecified,
        };
        return result.Status == ResultStatus.Unspecified
            ? Malformed("STATUS", "status", $"{text} is not a status: preliminary, final, corrected or cancelled.")
            : null;
    }

    private static Fault? Fasted(LabResult result, string text)
    {
        result.Fasting = text.Trim().ToUpperInvariant() switch
        {
            "Y" or "YES" => Fasting.Yes,
            "N" or "NO" => Fasting.No,
            _ => Fasting.Unspecified,
        };
        // U and NA are what CDISC writes where it is not known.
        return result.Fasting == Fasting.Unspecified && text.Trim().ToUpperInvariant() is not ("U" or "NA")
            ? Malformed("FASTING", "fasting", $"{text} does not say whether the subject fasted: Y or N.")
            : null;
    }
}
