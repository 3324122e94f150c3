using Grpc.Core;
using LabServer.Operation;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LabServer.Tests.Operation;

/// <summary>What the guard lets through of an entry, and what not.</summary>
public sealed class GuardedFormatterTests
{
    public static TheoryData<string, bool> Formats => new() { { "text", true }, { "json", true }, { "TEXT", false }, { "Json", false } };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Exception_OfUnknownWords_KeepsTypeAndPlaceAndNoMessage(string format, bool isWrapped)
    {
        var text = Write(format, "LabServer.Jobs", Thrown(isWrapped), "run failed");

        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", text, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), text, StringComparison.Ordinal);
        Assert.Contains("run failed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_OfTheDatabaseOrTheDisk_KeepsItsMessage()
    {
        Assert.Contains("disk I/O error", Write("text", "LabServer", new SqliteException("disk I/O error", 10), ""), StringComparison.Ordinal);
        Assert.Contains("no space left", Write("json", "LabServer", new IOException("no space left"), ""), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", Write("text", "Kestrel", new BadHttpRequestException("GET /SECRET"), ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Detail_OfAStatus_IsLeftOut(string format)
    {
        KeyValuePair<string, object?>[] state = [new("StatusCode", StatusCode.NotFound), new("Detail", "There is no subject 'SECRET'.")];

        var text = Write(format, "Grpc.AspNetCore.Server.ServerCallHandler", null, "Error status code 'NotFound' with detail 'SECRET' raised.", state);

        Assert.Contains("A call was answered with status NotFound", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    private static Exception Thrown(bool isWrapped)
    {
        try
        {
            throw new FormatException("SECRET");
        }
        catch (FormatException exception)
        {
            return isWrapped ? new InvalidOperationException("SECRET too", exception) : exception;
        }
    }

    private static string Write(
        string format, string category, Exception? exception, string message, IReadOnlyList<KeyValuePair<string, object?>>? state = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LabServer:Operation:LogFormat"] = format }).Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddSimpleConsole().AddJsonConsole())
            .AddSingleton<ConsoleFormatter, GuardedFormatter>()
            .BuildServiceProvider();
        using var written = new StringWriter();
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Error, category, new EventId(1), state ?? [], exception, (_, _) => message);
        services.GetServices<ConsoleFormatter>().OfType<GuardedFormatter>().Single().Write(entry, null, written);
        return written.ToString();
    }
}
