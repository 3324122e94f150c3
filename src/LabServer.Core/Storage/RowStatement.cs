namespace LabServer.Core.Storage;

/// <summary>
/// A prepared statement that runs once a row, by the ten thousand, in the open transaction of the writer. Its parameters are
/// given one after the other, in the order in which their names first stand in it; running it forgets them.
/// </summary>
internal abstract class RowStatement : RowValues
{
    /// <summary>The next parameter.</summary>
    public abstract RowStatement Add(long value);

    /// <summary>The next parameter, a number.</summary>
    public abstract RowStatement Add(double value);

    /// <summary>The next parameter. It is read when the statement runs: until then its bytes must stay as they are.</summary>
    public abstract RowStatement Add(byte[] value);

    /// <summary>The next parameter.</summary>
    public abstract RowStatement Add(string value);

    /// <summary>The next parameter, the database's null.</summary>
    public abstract RowStatement AddNull();

    /// <summary>The next parameter; null becomes the database's.</summary>
    public RowStatement Add(long? value) => value is { } number ? Add(number) : AddNull();

    /// <summary>The next parameter, a number; null becomes the database's.</summary>
    public RowStatement Add(double? value) => value is { } number ? Add(number) : AddNull();

    /// <summary>Runs a change and gives the rows that it made, changed or took away.</summary>
    public abstract int Run();

    /// <summary>Runs a query and gives its first row to <paramref name="read"/>; false: there is none.</summary>
    public abstract bool Find(Action<RowStatement> read);

    /// <summary>Runs a query and gives each of its rows to <paramref name="read"/>.</summary>
    public abstract void Each(Action<RowStatement> read);

    /// <summary>Bytes of the row at hand, which are there until the next.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int ordinal);

    /// <summary>Forgets parameters that were given and not run with.</summary>
    public abstract void Forget();
}
