namespace LabServer.Hosting;

/// <summary>The data folder cannot be used. The message says why and what helps.</summary>
internal sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
