using System.Globalization;
using CsvHelper;
using LabServer.Core;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>ADLB rows as CSV: header line, comma, CRLF, UTF-8, numbers in invariant form, missing values empty.</summary>
internal sealed class AdlbCsv : IAsyncDisposable
{
    private static readonly string[] Columns =
    [
        "STUDYID", "USUBJID", "SRCID", "PARAMCD", "PARAM", "AVISIT", "ADT", "ADTM", "AVAL", "AVALC", "AVALU", "ANRLO", "ANRHI", "ANRIND",
        "ABLFL", "BASE", "BNRIND", "CHG", "PCHG", "ATOXDSCL", "ATOXGRL", "NGREASL", "ATOXDSCH", "ATOXGRH", "NGREASH", "ATOXGR",
        "DTYPE", "SRCIDS",
        "AVISITN", "ADY", "VISITSRC", "QFLAG",
    ];

    private readonly CsvWriter _csv;

    /// <summary>Writes the header line.</summary>
    public AdlbCsv(Stream stream)
    {
        _csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
        _csv.WriteHeader(Columns);
    }

    /// <summary>Writes one row, in the order of the header.</summary>
    public void Write(AdlbRow row)
    {
        _csv.WriteField(row.StudyId);
        _csv.WriteField(row.SubjectId);
        _csv.WriteField(row.SourceResultId);
        _csv.WriteField(row.TestCode);
        _csv.WriteField(row.TestName);
        _csv.WriteField(row.Visit);
        _csv.WriteField(row.Date);
        _csv.WriteField(row.DateTime);
        _csv.WriteField(Number(row.Value));
        _csv.WriteField(row.ValueText);
        _csv.WriteField(row.Unit);
        _csv.WriteField(Number(row.LowerLimit));
        _csv.WriteField(Number(row.UpperLimit));
        _csv.WriteField(Word(row.Indicator));
        _csv.WriteField(row.IsBaseline ? "Y" : "");
        _csv.WriteField(Number(row.Baseline));
        _csv.WriteField(Word(row.BaselineIndicator));
        _csv.WriteField(Number(row.Change));
        _csv.WriteField(Number(row.PercentChange));
        _csv.WriteField(row.Low.Term);
        _csv.WriteField(row.Low.ToString());
        _csv.WriteField(row.Low.Reason);
        _csv.WriteField(row.High.Term);
        _csv.WriteField(row.High.ToString());
        _csv.WriteField(row.High.Reason);
        _csv.WriteField(row.Grade);
        _csv.WriteField(row.IsDerived ? "CALCULATION" : "");
        _csv.WriteField(row.Inputs);
        _csv.WriteField(row.VisitNumber);
        _csv.WriteField(row.StudyDay?.ToString(CultureInfo.InvariantCulture) ?? "");
        _csv.WriteField(Word(row.VisitSource));
        _csv.WriteField(string.Join(';', row.Flags.Select(flag => flag.Word())));
        _csv.EndRecord();
    }

    /// <summary>Hands what is buffered to the stream.</summary>
    public void Flush() => _csv.Flush();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    // The 15 digits that values are compared with, without binary dust and without an exponent. By text: the conversion
    // from double to decimal rounds twice, which can show in the last digit of a quotient.
    private static string Number(double? number) => number is { } value
        ? decimal.Parse(value.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture)
        : "";

    private static string Word(VisitSource source) => source switch
    {
        VisitSource.Sent => "SENT",
        VisitSource.Window => "WINDOW",
        _ => "",
    };

    private static string Word(RangeIndicator? indicator) => indicator switch
    {
        RangeIndicator.Low => "LOW",
        RangeIndicator.Normal => "NORMAL",
        RangeIndicator.High => "HIGH",
        _ => "",
    };
}
