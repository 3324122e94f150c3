using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>
/// A prepared statement that runs once a row, by the ten thousand, in the open transaction of the writer. Its parameters are
/// given one after the other, in the order in which their names first stand in it, and all anew for each run.
/// </summary>
internal abstract class RowStatement : RowValues
{
    /// <summary>The next parameter.</summary>
    public abstract RowStatement Add(long value);

    /// <summary>The next parameter, a number.</summary>
    public abstract RowStatement Add(double value);

    /// <summary>The next parameter, bytes.</summary>
    public abstract RowStatement Add(ReadOnlySpan<byte> value);

    /// <summary>The next parameter.</summary>
    public abstract RowStatement Add(string value);

    /// <summary>The next parameter, a text that is UTF-8 already.</summary>
    public abstract RowStatement AddText(ReadOnlySpan<byte> utf8);

    /// <summary>The next parameter, the database's null.</summary>
    public abstract RowStatement AddNull();

    /// <summary>The next parameter; null becomes the database's.</summary>
    public RowStatement Add(long? value) => value is { } number ? Add(number) : AddNull();

    /// <summary>The next parameter, a number; null becomes the database's.</summary>
    public RowStatement Add(double? value) => value is { } number ? Add(number) : AddNull();

    /// <summary>Runs a change and gives the rows that it made, changed or took away.</summary>
    public abstract int Run();

    /// <summary>
    /// Runs a change of which nobody asks how many rows it met. An engine may let it wait for others like it, until anything else is
    /// asked of the connection or the transaction is committed: should it fail, that fails.
    /// </summary>
    public virtual void RunLater() => Run();

    /// <summary>
    /// Runs a <see cref="RowWrite"/> that numbers its rows and gives the row's number; null: none was written, as there is one
    /// with its key.
    /// </summary>
    public abstract long? Insert();

    /// <summary>Runs a query and gives the whole number in its first row and column; null: there is no row.</summary>
    public abstract long? FindWhole();

    /// <summary>Runs a query and gives its first row to <paramref name="read"/>; false: there is none.</summary>
    public abstract bool Find(Action<RowStatement> read);

    /// <summary>Runs a query and gives each of its rows to <paramref name="read"/>, which asks nothing of the connection itself.</summary>
    public abstract void Each(Action<RowStatement> read);

    /// <summary>Bytes of the row at hand, which are there until the next.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int ordinal);

    /// <summary>Sends the changes that wait; for <see cref="RowQueue"/>.</summary>
    public virtual void RunWaiting()
    {
    }

    /// <summary>Drops the changes that wait; for <see cref="RowQueue"/>.</summary>
    public virtual void DropWaiting()
    {
    }

    /// <summary>Forgets parameters that were given and not run with; what comes next is in <paramref name="transaction"/>.</summary>
    public abstract void Begin(DbTransaction transaction);
}
