namespace LabServer.Cli;

/// <summary>The command line, or a file named on it, cannot be used: exit code 2.</summary>
/// <param name="message">One or two sentences for a person.</param>
internal sealed class UsageException(string message) : Exception(message);
