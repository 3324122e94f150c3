using CsvHelper;

namespace LabServer.Benchmarks.Evaluate;

/// <summary>The baseline: reads a file row by row with the library that labctl reads with, and writes it with its writer.</summary>
internal static class CsvCopy
{
    /// <summary>Copies a file.</summary>
    public static void Run(string source, string target)
    {
        using var reader = CsvReader.FromFile(source, new CsvReaderOptions { Separator = ',', DetectSeparatorHint = false });
        using var writer = CsvWriter.ToFile(target, new CsvWriterOptions { Separator = ',' });
        writer.WriteHeader(reader.Headers.ToArray());
        while (reader.Read())
        {
            writer.WriteRecord(reader.Current.ToArray());
        }
    }
}
