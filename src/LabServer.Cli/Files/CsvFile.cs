using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace LabServer.Cli.Files;

/// <summary>A CSV file, plain or gzipped, read row by row. Column names are found in any order, case ignored.</summary>
internal sealed class CsvFile : IDisposable
{
    // Without a bound, a quote that is never closed would draw the rest of the file into memory as one row.
    private const int LargestRow = 1 << 20;

    private readonly FileStream _file;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, CsvMalformedReason> _malformed = [];

    private CsvFile(string path, FileStream file)
    {
        Path = path;
        _file = file;
        _reader = CsvReader.Create(Unzipped(file), new CsvReaderOptions
        {
            Separator = ',',
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            MaxRecordSize = LargestRow,
            OnMalformedRecord = record => _malformed[record.LineNumber] = record.Reason,
        });
    }

    /// <summary>As named on the command line.</summary>
    public string Path { get; }

    /// <summary>Column names as in the header line.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Share of the file that has been read, from 0 to 1.</summary>
    public double ShareRead => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>Opens a file and reads its header line.</summary>
    /// <exception cref="UsageException">The file cannot be read, or has no usable header line.</exception>
    public static CsvFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
            var csv = new CsvFile(path, file);
            csv.ReadHeader();
            return csv;
        }
        catch (Exception fault)
        {
            file?.Dispose();
            if (fault is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or CsvFormatException)
            {
                throw new UsageException($"{path} cannot be read: {fault.Message}");
            }

            throw;
        }
    }

    /// <summary>Whether the file has a column called <paramref name="name"/>.</summary>
    public bool Has(string name) => _positions.ContainsKey(name);

    /// <summary>Position of the column called <paramref name="name"/>, or -1 when the file has none.</summary>
    public int Position(string name) => _positions.GetValueOrDefault(name, -1);

    /// <summary>Position of the column called <paramref name="name"/>.</summary>
    /// <exception cref="UsageException">The file has none.</exception>
    public int RequiredPosition(string name) =>
        _positions.TryGetValue(name, out var position)
            ? position
            : throw new UsageException($"{Path}, row 1: the column {name} is missing from the header.");

    /// <summary>The rows behind the header. A row that is faulty as a row carries its fault, and the rest goes on.</summary>
    /// <exception cref="CommandFailure">The rest of the file cannot be read.</exception>
    public IEnumerable<CsvRow> Rows()
    {
        while (Advance())
        {
            var fault = Fault(_reader.LineNumber);
            yield return new CsvRow(_reader.LineNumber, _reader.Current.ToArray(), fault)
            {
                Text = fault is null ? "" : Encoding.UTF8.GetString(_reader.RawRecord),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }

    private void ReadHeader()
    {
        Columns = [.. _reader.Headers.Select(name => name.Trim())];
        if (Columns.Count == 0)
        {
            throw new UsageException($"{Path} is empty: a header line with column names is needed.");
        }

        for (var position = 0; position < Columns.Count; position++)
        {
            if (!_positions.TryAdd(Columns[position], position))
            {
                throw new UsageException($"{Path}, row 1: the column {Columns[position]} is in the header twice.");
            }
        }
    }

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new CommandFailure($"{Path}, after row {_reader.LineNumber}: the file cannot be read on ({fault.Message}) A quote is probably not closed.");
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new CommandFailure($"{Path}, after row {_reader.LineNumber}: the file cannot be read on: {fault.Message}");
        }
    }

    private string? Fault(long line)
    {
        if (_malformed.Count > 0 && _malformed.Remove(line, out var reason))
        {
            return reason == CsvMalformedReason.UnterminatedQuote
                ? "A quote is opened and never closed."
                : "A quote stands where none may be; a field with quotes must be quoted as a whole, and quotes in it doubled.";
        }

        if (_reader.FieldCount != Columns.Count)
        {
            return $"The row has {_reader.FieldCount} fields, the header {Columns.Count}.";
        }

        return Utf8.IsValid(_reader.RawRecord) ? null : "The row is not UTF-8 text.";
    }

    private static Stream Unzipped(FileStream file)
    {
        // By content, not by name: a file that was renamed reads all the same.
        Span<byte> magic = stackalloc byte[2];
        var zipped = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        return zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
