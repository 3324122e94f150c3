using System.IO.Compression;
using System.Text;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

/// <summary>Small files in a folder of the test.</summary>
internal static class TextFiles
{
    /// <summary>Writes a file and returns its path.</summary>
    public static string Add(this TemporaryFolder folder, string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a gzipped file and returns its path.</summary>
    public static string AddZipped(this TemporaryFolder folder, string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        zip.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }
}
