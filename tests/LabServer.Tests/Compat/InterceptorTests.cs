using Grpc.Core;
using Grpc.Core.Interceptors;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Compat;

public sealed class InterceptorTests : IAsyncLifetime
{
    private readonly RecordingInterceptor _onServer = new("server");
    private readonly List<string> _seen = [];
    private LoopbackServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await LoopbackServer.Start(
            services => services.AddSingleton<EchoService>().AddSingleton(_onServer)
                .AddGrpc(options => options.Interceptors.Add<RecordingInterceptor>()),
            routes => routes.MapGrpcService<EchoService>());

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Interceptor_OnEitherSide_SeesEveryMethodKind()
    {
        var onClient = new RecordingInterceptor("client");
        var client = new Echo.EchoClient(_server.Channel.Intercept(onClient));

        client.Say(new Words());
        await client.SayAsync(new Words());
        using (var join = client.Join())
        {
            await join.RequestStream.CompleteAsync();
            await join;
        }

        using (var split = client.Split(new Words()))
        {
            Assert.Single(await All(split.ResponseStream));
        }

        using (var chat = client.Chat())
        {
            await chat.RequestStream.CompleteAsync();
            Assert.Empty(await All(chat.ResponseStream));
        }

        Assert.Equal(
            ["client Say blocking", "client Say", "client Join", "client Split", "client Chat"], onClient.Seen);
        Assert.Equal(["server Say", "server Say", "server Join", "server Split", "server Chat"], _onServer.Seen);
    }

    [Fact]
    public async Task Interceptors_GivenTogether_SeeACallInThatOrder()
    {
        var client = new Echo.EchoClient(_server.Channel.Intercept(
            new RecordingInterceptor("first", _seen), new RecordingInterceptor("second", _seen)));
        await client.SayAsync(new Words());
        Assert.Equal(["first Say", "second Say"], _seen);
    }

    [Fact]
    public async Task Interceptors_AddedOneByOne_TheLastSeesACallFirst()
    {
        var client = new Echo.EchoClient(_server.Channel
            .Intercept(new RecordingInterceptor("first", _seen))
            .Intercept(new RecordingInterceptor("second", _seen)));
        await client.SayAsync(new Words());
        Assert.Equal(["second Say", "first Say"], _seen);
    }

    [Fact]
    public async Task MetadataInterceptor_OnACallWithAndWithoutHeaders_AddsItsOwn()
    {
        var client = new Echo.EchoClient(_server.Channel.Intercept(
            headers => new Metadata { { "echo-added", headers.GetValue("echo-own") ?? "none" } }));
        using var without = client.SayAsync(new Words());
        Assert.Equal("none", (await without.ResponseHeadersAsync).GetValue("echo-added"));
        using var with = client.SayAsync(new Words(), new Metadata { { "echo-own", "7" } });
        Assert.Equal("7", (await with.ResponseHeadersAsync).GetValue("echo-added"));
    }

    private static async Task<List<Words>> All(IAsyncStreamReader<Words> stream)
    {
        var all = new List<Words>();
        await foreach (var words in stream.ReadAllAsync())
        {
            all.Add(words);
        }

        return all;
    }
}
