namespace LabServer.Cli;

/// <summary>Exit codes of labctl. Scripts rely on them: they never change.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed, or cancelled.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a file named on it, cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>Done, but some rows were held or rejected.</summary>
    public const int RowsRefused = 3;

    /// <summary>The server is not reachable.</summary>
    public const int Unreachable = 4;
}
