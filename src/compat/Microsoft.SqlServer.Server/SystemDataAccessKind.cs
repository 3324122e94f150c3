namespace Microsoft.SqlServer.Server;

/// <summary>Whether a function reads the system catalogue.</summary>
public enum SystemDataAccessKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It does.</summary>
    Read = 1,
}
