using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace LabServer.Tests.Support;

/// <summary>The context of a call that nobody made: no headers, no deadline, never cancelled.</summary>
internal sealed class SilentCallContext : ServerCallContext
{
    private readonly Metadata _headers = [];
    private readonly Metadata _trailers = [];

    // Where a host that is not the real one leaves the request.
    public SilentCallContext() => UserState["__HttpContext"] = new DefaultHttpContext();

    protected override string MethodCore => "/test/Call";

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _headers;

    protected override CancellationToken CancellationTokenCore => CancellationToken.None;

    protected override Metadata ResponseTrailersCore => _trailers;

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
