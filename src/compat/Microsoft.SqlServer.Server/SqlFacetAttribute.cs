namespace Microsoft.SqlServer.Server;

/// <summary>More about the SQL type of a result, parameter, field or property.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.ReturnValue | AttributeTargets.Parameter,
    AllowMultiple = false,
    Inherited = false)]
public class SqlFacetAttribute : Attribute
{
    /// <summary>Whether text and bytes have one length always.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Greatest length: characters of text, bytes of bytes.</summary>
    public int MaxSize { get; set; }

    /// <summary>Digits of a number.</summary>
    public int Precision { get; set; }

    /// <summary>Digits after the decimal point.</summary>
    public int Scale { get; set; }

    /// <summary>Whether it may be null.</summary>
    public bool IsNullable { get; set; }
}
