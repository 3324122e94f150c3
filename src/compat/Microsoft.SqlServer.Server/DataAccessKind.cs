namespace Microsoft.SqlServer.Server;

/// <summary>Whether a function reads data of users.</summary>
public enum DataAccessKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It does.</summary>
    Read = 1,
}
