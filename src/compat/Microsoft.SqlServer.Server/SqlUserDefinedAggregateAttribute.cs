namespace Microsoft.SqlServer.Server;

/// <summary>Makes a type an aggregate of SQL Server.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SqlUserDefinedAggregateAttribute : Attribute
{
    /// <summary>Greatest value of <see cref="MaxByteSize"/>.</summary>
    public const int MaxByteSizeValue = 8000;

    private int _maxByteSize;

    public SqlUserDefinedAggregateAttribute(Format format)
    {
        if (format is not (Format.Native or Format.UserDefined))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "An aggregate is stored natively or by itself.");
        }

        Format = format;
    }

    /// <summary>How it is stored.</summary>
    public Format Format { get; }

    /// <summary>Greatest length in bytes, to 8000; -1 for 2 GB.</summary>
    public int MaxByteSize
    {
        get => _maxByteSize;
        set => _maxByteSize = value is >= -1 and <= MaxByteSizeValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "From -1 to 8000.");
    }

    /// <summary>Whether duplicates change nothing.</summary>
    public bool IsInvariantToDuplicates { get; set; }

    /// <summary>Whether nulls change nothing.</summary>
    public bool IsInvariantToNulls { get; set; }

    /// <summary>Whether order changes nothing.</summary>
    public bool IsInvariantToOrder { get; set; }

    /// <summary>Whether it is null over nothing.</summary>
    public bool IsNullIfEmpty { get; set; }

    /// <summary>Name in SQL Server; null for that of the type.</summary>
    public string? Name { get; set; }
}
