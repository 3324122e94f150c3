namespace LabServer.Core.Storage;

/// <summary>Names of files in a data folder that the server and labctl both know.</summary>
public static class DataFileNames
{
    /// <summary>The results database.</summary>
    public const string Database = "labserver.db";

    /// <summary>What a server, or whoever works on the folder without one, holds open alone.</summary>
    public const string Lock = "labserver.lock";
}
