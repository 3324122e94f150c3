namespace LabServer.Operation;

/// <summary>How the log on the console looks.</summary>
internal enum LogFormat
{
    /// <summary>A line an entry, for a person.</summary>
    Text,

    /// <summary>A JSON object an entry, for a collector.</summary>
    Json,
}
