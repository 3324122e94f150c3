namespace LabServer.Cli.Publication;

/// <summary>A rule-set file named on the command line, and how its faults are told.</summary>
internal static class RuleSetFile
{
    /// <summary>The bytes of the file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static async Task<byte[]> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {exception.Message}");
        }
    }

    /// <summary>Writes one line a fault.</summary>
    /// <returns>Exit code 1 when there are any.</returns>
    public static int Tell(Shell shell, string path, IReadOnlyCollection<string> faults)
    {
        foreach (var fault in faults)
        {
            shell.Terminal.Error.WriteLine($"{path}: {fault}");
        }

        return faults.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
