using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Results;

/// <summary>
/// Reads results from a file of SDTM LB, recognised by its column LBTESTCD, or of plain columns named as the fields of
/// the wire. Values are passed on as they stand; only what the wire does not hold as text is read here.
/// </summary>
internal sealed class ResultFileReader
{
    private readonly CsvFile _file;
    private readonly List<(int Position, Func<LabResult, string, Fault?> Read)> _fields = [];
    private readonly (int Subject, int Sequence)? _sdtmId;

    /// <summary>A reader of <paramref name="file"/>.</summary>
    /// <exception cref="UsageException">A needed column is missing.</exception>
    public ResultFileReader(CsvFile file)
    {
        _file = file;
        var sdtm = file.Has("LBTESTCD");
        if (sdtm)
        {
            _sdtmId = (file.RequiredPosition("USUBJID"), file.RequiredPosition("LBSEQ"));
        }

        foreach (var field in ResultFields.All)
        {
            var column = sdtm ? field.SdtmColumn : field.Name;
            if (column is not null && (field.Required ? file.RequiredPosition(column) : file.Position(column)) is >= 0 and var position)
            {
                _fields.Add((position, field.Read));
            }
        }
    }

    /// <summary>The rows of the file, faulty ones with their faults.</summary>
    public IEnumerable<ResultRow> Read()
    {
        foreach (var row in _file.Rows())
        {
            yield return row.Fault is null ? Result(row) : new ResultRow(row, null, [ResultFields.Malformed("ROW", "", row.Fault)]);
        }
    }

    private ResultRow Result(CsvRow row)
    {
        var result = new LabResult();
        List<Fault>? faults = null;
        foreach (var (position, read) in _fields)
        {
            if (row.Fields[position] is { Length: > 0 } text && read(result, text) is { } fault)
            {
                (faults ??= []).Add(fault);
            }
        }

        if (_sdtmId is { } id)
        {
            result.SourceResultId = $"{row.Fields[id.Subject]}/{row.Fields[id.Sequence]}";
        }

        return new ResultRow(row, result, faults ?? (IReadOnlyList<Fault>)[]);
    }
}
