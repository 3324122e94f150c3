using Grpc.Core;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Compat;

/// <summary>The maintained transport over the stand-ins: all four method kinds, metadata, deadline, cancel, compression.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EchoService _service = new();
    private LoopbackServer _server = null!;
    private Echo.EchoClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await LoopbackServer.Start(
            services => services.AddSingleton(_service)
                .AddGrpc(options => options.ResponseCompressionAlgorithm = "gzip"),
            routes => routes.MapGrpcService<EchoService>());
        _client = new Echo.EchoClient(_server.Channel);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Unary_TextSent_ComesBack()
    {
        var answer = await _client.SayAsync(new Words { Text = "ALT 61.60 U/L" });
        Assert.Equal("ALT 61.60 U/L", answer.Text);
    }

    [Fact]
    public void Unary_CalledBlocking_Answers()
    {
        Assert.Equal("CK", _client.Say(new Words { Text = "CK" }).Text);
    }

    [Fact]
    public async Task ClientStreaming_ThreeTextsSent_AnswersOnce()
    {
        using var call = _client.Join();
        foreach (var text in new[] { "LDH", "AST", "CRP" })
        {
            await call.RequestStream.WriteAsync(new Words { Text = text }, CancellationToken.None);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal("LDH AST CRP", (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ServerStreaming_ThreeWordsAsked_AnswersThreeTimesInOrder()
    {
        using var call = _client.Split(new Words { Text = "LDH AST CRP" });
        var texts = new List<string>();
        await foreach (var words in call.ResponseStream.ReadAllAsync())
        {
            texts.Add(words.Text);
        }

        Assert.Equal(["LDH", "AST", "CRP"], texts);
    }

    [Fact]
    public async Task DuplexStreaming_EachTextSentAfterTheLastAnswer_IsAnsweredBeforeTheStreamEnds()
    {
        using var call = _client.Chat();
        foreach (var text in new[] { "LDH", "AST", "CRP" })
        {
            await call.RequestStream.WriteAsync(new Words { Text = text });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(text, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Metadata_TextAndBytesSent_ComeBackInHeadersAndTrailers()
    {
        byte[] bytes = [0, 255, 10, 13];
        var headers = new Metadata { { "Echo-Text", "site 7" }, { "echo-data-bin", bytes } };
        using var call = _client.SayAsync(new Words(), headers);
        await call;
        foreach (var received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("site 7", received.GetValue("echo-text"));
            Assert.Equal(bytes, received.GetValueBytes("echo-data-bin"));
        }
    }

    [Fact]
    public async Task Deadline_Passed_IsDeadlineExceededAndCancelsTheMethod()
    {
        // On a busy machine a short deadline can pass before the method begins; then there is nothing to cancel yet.
        var time = TimeSpan.FromMilliseconds(300);
        do
        {
            var call = _client.SayAsync(
                new Words { Text = EchoService.Wait }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + time);
            var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
            Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
            time *= 2;
        }
        while (!_service.Waiting.IsCompleted);

        await _service.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Cancel_WhileTheMethodWaits_IsCancelledOnBothSides()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _client.SayAsync(new Words { Text = EchoService.Wait }, cancellationToken: cancellation.Token);
        await _service.Waiting.WaitAsync(Patience);
        await cancellation.CancelAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await _service.Cancelled.WaitAsync(Patience);
    }

    /// <summary>An empty text is a message of no bytes, which is where compressors that write nothing fail.</summary>
    [Theory]
    [InlineData("gzip", "")]
    [InlineData("gzip", "ALT ALT ALT ALT ALT ALT ALT ALT")]
    [InlineData("deflate", "")]
    [InlineData("deflate", "ALT ALT ALT ALT ALT ALT ALT ALT")]
    public async Task Compression_OfRequestAndResponse_KeepsTheText(string encoding, string text)
    {
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        Assert.Equal(text, (await _client.SayAsync(new Words { Text = text }, headers)).Text);
    }

    [Fact]
    public async Task CallCredentials_FromInterceptors_AddTheirHeaders()
    {
        var credentials = CallCredentials.Compose(
            CallCredentials.FromInterceptor((_, metadata) =>
            {
                metadata.Add("echo-key", "secret");
                return Task.CompletedTask;
            }),
            CallCredentials.FromInterceptor((context, metadata) =>
            {
                metadata.Add("echo-method", context.MethodName);
                return Task.CompletedTask;
            }));
        using var call = _client.SayAsync(new Words(), new CallOptions(credentials: credentials));
        var received = await call.ResponseHeadersAsync;
        Assert.Equal("secret", received.GetValue("echo-key"));
        Assert.Equal("Say", received.GetValue("echo-method"));
    }

    [Fact]
    public async Task Method_NotMapped_IsUnimplemented()
    {
        var client = new LabServer.Api.Health.Health.HealthClient(_server.Channel);
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new LabServer.Api.Health.HealthCheckRequest()));
        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }
}
