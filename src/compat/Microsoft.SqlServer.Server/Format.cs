namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type or aggregate is stored.</summary>
public enum Format
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Field by field, by SQL Server.</summary>
    Native = 1,

    /// <summary>As the type itself writes it: <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}
