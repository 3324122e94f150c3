using CsvHelper;
using LabServer.Core;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>
/// A dataset as CSV: header line, comma, CRLF, UTF-8, missing values empty. Texts that a spreadsheet would run are made
/// harmless; numbers are written as they are.
/// </summary>
internal sealed class CsvDatasetWriter(Stream stream) : DatasetWriter
{
    private readonly CsvWriter _csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true);
    private bool[] _isText = [];

    public override void Begin(OpenDataset dataset)
    {
        _isText = [.. dataset.Columns.Select(column => column.Type == DatasetColumnType.Text)];
        _csv.WriteHeader([.. dataset.Columns.Select(column => column.Name)]);
    }

    public override void Write(IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            _csv.WriteField(_isText[i] ? SpreadsheetText.Neutral(cells[i]) : cells[i]);
        }

        _csv.EndRecord();
    }

    public override void End() => _csv.Flush();

    public override ValueTask DisposeAsync() => _csv.DisposeAsync();
}
