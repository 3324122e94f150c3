using LabServer.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LabServer.Operation;

/// <summary>
/// Stands before the framework's formatters and holds back what may quote a subject's data, whoever logs it and at what
/// level: messages of exceptions, and the details of statuses that callers get.
/// </summary>
internal sealed class GuardedFormatter(IServiceProvider services, IConfiguration configuration) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name of the formatter.</summary>
    public const string FormatterName = "guarded";

    private const string Setting = $"{OptionsSection.Root}:Operation:{nameof(OperationOptions.LogFormat)}";

    // Only at the first entry: the formatters are this one's siblings, and not there yet while it is made.
    private readonly Lazy<ConsoleFormatter> _inner = new(() =>
    {
        // Read as text, since a word that is no format is told with all other faults of the settings.
        var name = string.Equals(configuration[Setting], nameof(LogFormat.Json), StringComparison.OrdinalIgnoreCase)
            ? ConsoleFormatterNames.Json
            : ConsoleFormatterNames.Simple;
        return services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
    });

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var failure = logEntry.Exception is { } exception ? new LoggedFailure(exception) : null;
        if (DetailOf(logEntry) is { } status)
        {
            var guarded = new LogEntry<string>(
                logEntry.LogLevel, logEntry.Category, logEntry.EventId, $"A call was answered with status {status}", failure, static (text, _) => text);
            _inner.Value.Write(guarded, scopeProvider, textWriter);
            return;
        }

        var formatter = logEntry.Formatter;
        var entry = new LogEntry<TState>(logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.State, failure, formatter);
        _inner.Value.Write(entry, scopeProvider, textWriter);
    }

    // gRPC logs the detail of each status, and ours name the object that was not found and the value that was wrong.
    private static string? DetailOf<TState>(in LogEntry<TState> entry) =>
        entry.Category.StartsWith("Grpc.", StringComparison.Ordinal)
        && entry.State is IReadOnlyList<KeyValuePair<string, object?>> values
        && values.Any(value => value.Key == "Detail")
            ? values.FirstOrDefault(value => value.Key == "StatusCode").Value?.ToString() ?? "unknown"
            : null;
}
