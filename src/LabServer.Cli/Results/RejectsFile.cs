using System.Text;
using LabServer.Cli.Files;
using LabServer.Cli.Output;
using LabServer.Core;

namespace LabServer.Cli.Results;

/// <summary>
/// The file of --rejects: every row that was held or rejected, as sent, behind where it stood and why. Its columns are those
/// of the files that were pushed, so that it can be put right and pushed again as it is. That is why a cell of a pushed
/// column stays as it was sent even if a spreadsheet would run it: the file was the user's own. What is said of the row is
/// made harmless as everywhere.
/// </summary>
internal sealed class RejectsFile : IDisposable
{
    private static readonly string[] Own = ["file", "row", "disposition", "fault_codes", "fault_fields", "fault_messages", "row_text"];

    private readonly NewFile _file;
    private readonly StreamWriter _text;
    private readonly List<string> _columns;
    private bool _kept;

    /// <summary>Begins the file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="pushed">The files that are pushed.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public RejectsFile(string path, IReadOnlyList<CsvFile> pushed)
    {
        _columns = [.. pushed.SelectMany(file => file.Columns).Distinct(StringComparer.OrdinalIgnoreCase).Except(Own, StringComparer.OrdinalIgnoreCase)];
        _file = NewFile.Beside(path);
        _text = new StreamWriter(_file.Stream, new UTF8Encoding(false), leaveOpen: true);
        CsvText.WriteLineAsIs(_text, [.. Own, .. _columns]);
    }

    /// <summary>Writes one row.</summary>
    public void Write(RefusedRow refused)
    {
        string[] own =
        [
            refused.File.Path,
            Cell.Text(refused.Row.Line),
            Enums.Text(refused.Disposition),
            Joined(refused.Faults.Select(fault => fault.Code)),
            Joined(refused.Faults.Select(fault => fault.Field)),
            Joined(refused.Faults.Select(fault => fault.Message)),
            refused.Row.Text,
        ];
        // The fields of a ragged row belong to no column for certain: it is given as text alone.
        var fields = refused.Row.Fault is null
            ? _columns.Select(column => refused.Row[refused.File.Position(column)])
            : _columns.Select(_ => "");
        CsvText.WriteLineAsIs(_text, own.Select(SpreadsheetText.Neutral).Concat(fields));
    }

    /// <summary>Gives the file its name.</summary>
    public void Keep()
    {
        _text.Dispose();
        _file.Keep();
        _kept = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_kept)
        {
            // A writer that is disposed of again flushes its stream again, which is closed by then.
            _text.Dispose();
        }

        _file.Dispose();
    }

    private static string Joined(IEnumerable<string> texts) => string.Join("; ", texts);
}
