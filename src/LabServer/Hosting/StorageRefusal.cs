using System.Data.Common;
using LabServer.Core.Storage;

namespace LabServer.Hosting;

/// <summary>Says of a file that cannot be used which one it is, why, and what to do: what the operator reads when the server does not start.</summary>
internal static class StorageRefusal
{
    /// <summary>Does <paramref name="open"/>.</summary>
    /// <param name="dialect">Knows a fault of the file from a fault of the program.</param>
    /// <param name="file">Full path of the file.</param>
    /// <param name="what">What it is: <c>the database</c>.</param>
    /// <param name="ifDamaged">What helps when what is in it is damaged.</param>
    /// <param name="open">Opens or first uses the file.</param>
    /// <exception cref="DataFolderException">The file cannot be used.</exception>
    public static T Guard<T>(Dialect dialect, string file, string what, string ifDamaged, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is not DataFolderException && Advice(dialect, exception, ifDamaged) is { } advice)
        {
            throw Refused(exception, file, what, advice);
        }
    }

    /// <inheritdoc cref="Guard{T}(Dialect, string, string, string, Func{T})"/>
    public static async Task Guard(Dialect dialect, string file, string what, string ifDamaged, Func<Task> open)
    {
        try
        {
            await open();
        }
        catch (Exception exception) when (exception is not DataFolderException && Advice(dialect, exception, ifDamaged) is { } advice)
        {
            throw Refused(exception, file, what, advice);
        }
    }

    private static string? Advice(Dialect dialect, Exception exception, string ifDamaged) => dialect.FaultOf(exception) switch
    {
        StorageFault.Unreachable when !dialect.IsFile => "it cannot be reached; see to the server, the network, the login and what it may do",
        StorageFault.Full => "its disk is full; make room",
        StorageFault.Busy => "another program holds its lock; end that program",
        StorageFault.ReadOnly => "it cannot be written; see to the rights of the file and its folder, and that the disk is writable",
        StorageFault.Unreachable => "it cannot be read or written; see to the disk, and to the rights of the file and its folder",
        StorageFault.Damaged => $"it is damaged; {ifDamaged}",
        _ => null,
    };

    private static DataFolderException Refused(Exception exception, string file, string what, string advice) =>
        new($"{what} {file} cannot be used: {advice} ({Cause(exception)})", exception);

    // What the engine says; what lies beneath may be the system's "Success".
    private static string Cause(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException)
            {
                return cause.Message;
            }
        }

        return exception.GetBaseException().Message;
    }
}
