using System.Data.Common;
using System.Net.Sockets;
using LabServer.Core.Backups;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Operation;

/// <summary>
/// An exception as the log has it: types and places, and a message only of those whose words are known to name files, tables
/// and rule sets. The message of any other may quote what a caller sent.
/// </summary>
internal sealed class LoggedFailure(Exception exception) : Exception
{
    private const string Held = "(message not logged)";

    public override string Message => MessageOf(exception);

    public override string? StackTrace => exception.StackTrace;

    public override string ToString()
    {
        var parts = new List<string>();
        for (var at = exception; at is not null; at = at.InnerException)
        {
            parts.Add($"{at.GetType().FullName}: {MessageOf(at)}{Environment.NewLine}{at.StackTrace}");
        }

        return string.Join($"{Environment.NewLine} ---> ", parts);
    }

    private static string MessageOf(Exception exception) => exception switch
    {
        // Quotes the request.
        BadHttpRequestException => Held,
        DbException or IOException or SocketException or UnauthorizedAccessException or OperationCanceledException
            or SchemaException or RuleSetException or BackupException or DataFolderException => exception.Message,
        _ => Held,
    };
}
