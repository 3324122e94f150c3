using System.IO.MemoryMappedFiles;

namespace LabServer.Tests.Support;

/// <summary>
/// A disk that fails when it is told to, under a server that runs as a process of its own: a small library, loaded into it,
/// that has its writes and flushes fail. The files of <c>faulty_disk.c</c> are those below <c>files</c>.
/// </summary>
internal sealed class FaultyDisk : IDisposable
{
    public const int NoSpace = 28;
    public const int IoError = 5;

    private const int KindsAt = 0, ErrorAt = 4, PassingAt = 8, FailingAt = 12, FailedAt = 16, FlushedAt = 20, Length = 24;

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _control;

    /// <param name="files">Part of the path of the files that it is about.</param>
    public FaultyDisk(string files)
    {
        var library = Path.Combine(_folder.Path, "faulty_disk.so");
        var control = Path.Combine(_folder.Path, "control");
        var source = Path.Combine(Checkout.Root, "tests", "LabServer.Tests", "Support", "faulty_disk.c");
        var compiled = ProcessRun.Of(
            Compiler!, ["-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], _folder.Path, TimeSpan.FromMinutes(1));
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        File.WriteAllBytes(control, new byte[Length]);
        _file = MemoryMappedFile.CreateFromFile(control, FileMode.Open);
        _control = _file.CreateViewAccessor();
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAULTY_DISK_CONTROL"] = control,
            ["FAULTY_DISK_FILES"] = files,
        };
    }

    /// <summary>Path of a C compiler; null: there is none, or this is not Linux.</summary>
    public static string? Compiler { get; } = !OperatingSystem.IsLinux() ? null : (
        from name in new[] { "cc", "gcc", "clang" }
        from folder in (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        select Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Variables for the server that has this disk.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Calls that failed since the last <see cref="Fail"/>.</summary>
    public int Failed => _control.ReadInt32(FailedAt);

    /// <summary>Flushes that succeeded.</summary>
    public int Flushed => _control.ReadInt32(FlushedAt);

    /// <summary>From the <paramref name="nth"/> on, <paramref name="times"/> calls fail; null: all until <see cref="Heal"/>.</summary>
    public void Fail(DiskCalls kinds, int error, int nth = 1, int? times = null)
    {
        Heal();
        _control.Write(ErrorAt, error);
        _control.Write(PassingAt, nth - 1);
        _control.Write(FailingAt, times ?? -1);
        _control.Write(FailedAt, 0);
        _control.Write(KindsAt, (int)kinds);
    }

    /// <summary>Nothing fails any more.</summary>
    public void Heal() => _control.Write(KindsAt, 0);

    public void Dispose()
    {
        _control.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Kinds of calls that a <see cref="FaultyDisk"/> has fail.</summary>
[Flags]
internal enum DiskCalls
{
    None = 0,
    Writes = 1,
    Flushes = 2,
    Both = Writes | Flushes,
}
