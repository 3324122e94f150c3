namespace Microsoft.SqlServer.Server;

/// <summary>Makes a type a type of SQL Server.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public sealed class SqlUserDefinedTypeAttribute : Attribute
{
    private const int GreatestByteSize = 8000;

    private int _maxByteSize;

    public SqlUserDefinedTypeAttribute(Format format)
    {
        if (format is not (Format.Native or Format.UserDefined))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "A type is stored natively or by itself.");
        }

        Format = format;
    }

    /// <summary>How it is stored.</summary>
    public Format Format { get; }

    /// <summary>Greatest length in bytes, to 8000; -1 for 2 GB.</summary>
    public int MaxByteSize
    {
        get => _maxByteSize;
        set => _maxByteSize = value is >= -1 and <= GreatestByteSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "From -1 to 8000.");
    }

    /// <summary>Whether every value takes as many bytes.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether values sort as their bytes do.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>Static method that checks a value made from bytes; null for none.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>Name in SQL Server; null for that of the type.</summary>
    public string? Name { get; set; }
}
