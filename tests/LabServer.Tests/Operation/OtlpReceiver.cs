using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LabServer.Tests.Operation;

/// <summary>Takes what is sent by OTLP over HTTP, and keeps it as it came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Everything that came to this path, as text: names stand in protobuf as they are.</summary>
    public string At(string path) => string.Concat(_received.Where(message => message.Path == path).Select(message => message.Text));

    /// <summary>Everything that came.</summary>
    public string All => string.Concat(_received.Select(message => message.Text));

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        // An empty message: all of it was taken.
        context.Response.ContentType = "application/x-protobuf";
    }
}
