namespace LabServer.Cli;

/// <summary>A command could not do its work for a reason worth one sentence: exit code 1.</summary>
/// <param name="message">One or two sentences for a person.</param>
internal sealed class CommandFailure(string message) : Exception(message);
