using System.Net;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Limits;
using LabServer.Tests.Support;
using Microsoft.Extensions.Options;

namespace LabServer.Tests.Limits;

/// <summary>How often, and how much at once, one caller may call.</summary>
public sealed class CallLimitsTests
{
    [Fact]
    public async Task Calls_MoreOftenThanAllowed_AreToldWhenToTryAgainAndOthersGoOn()
    {
        await using var server = await Start(("CallsPerSecond", "1"), ("CallsBurst", "5"));
        var other = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "other", Role = Role.Auditor });

        var refused = await UntilRefused(server, server.AdminKey);

        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_CALLS"), (refused.Code, refused.Reason));
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        await Call(server, other.Text);
        await Eventually.True(async () => await Fault(server, server.AdminKey) is null, "the caller may call again");
    }

    [Fact]
    public async Task Calls_ThatAreNotPermitted_CountToo()
    {
        await using var server = await Start(("CallsPerSecond", "1"), ("CallsBurst", "5"), ("CallsAtOnce", "1"));
        var auditor = ServerFixture.Key((await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "auditor", Role = Role.Auditor })).Text);
        using var keyless = server.OpenKeylessChannel();
        var access = new AccessService.AccessServiceClient(keyless);
        var reasons = new List<string>();
        // A few more than the burst and what is granted again meanwhile.
        while (reasons.LastOrDefault() != "TOO_MANY_CALLS" && reasons.Count < 500)
        {
            var fault = await Assert.ThrowsAsync<RpcException>(async () => await access.RevokeKeyAsync(new RevokeKeyRequest { Name = "x" }, auditor));
            reasons.Add(RpcFault.Read(fault).Reason);
        }

        Assert.Equal("TOO_MANY_CALLS", reasons[^1]);
        Assert.Equal(["PERMISSION_MISSING"], reasons.SkipLast(1).Distinct());
        Assert.True(reasons.Count > 5, "the burst is granted");
    }

    [Fact]
    public async Task ResultPusher_ToldToWait_WaitsAndGoesOn()
    {
        await using var server = await Start(("CallsPerSecond", "1"), ("CallsBurst", "4"));
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await UntilRefused(server, server.AdminKey);
        var acknowledged = 0;

        await new ResultPusher(trial.Ingestion, new ResultPusherOptions { Streams = 3, FirstPause = TimeSpan.FromMilliseconds(1) }).Push(
            Batches(), (_, outcome, _) => { acknowledged += outcome.Dispositions.Count; return ValueTask.CompletedTask; }, CancellationToken.None);

        Assert.Equal(60, acknowledged);

        async IAsyncEnumerable<ResultBatch> Batches()
        {
            foreach (var batch in Trial.ManyAlt("r", 60).Chunk(10))
            {
                await Task.Yield();
                yield return new ResultBatch(trial.StudyId, Trial.Laboratory, batch);
            }
        }
    }

    [Fact]
    public async Task Calls_MoreAtOnceThanAllowed_AreRefusedUntilOneEnds()
    {
        await using var server = await Start(("CallsAtOnce", "3"));
        var trial = await Trial.Create(server);
        using var first = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId });
        using var second = trial.Ingestion.StreamResults();
        using var third = trial.Ingestion.StreamResults();
        await Task.WhenAll(first.ResponseHeadersAsync, second.RequestStream.WriteAsync(trial.Batch(1)), third.RequestStream.WriteAsync(trial.Batch(1)));
        await Task.WhenAll(second.ResponseStream.MoveNext(CancellationToken.None), third.ResponseStream.MoveNext(CancellationToken.None));

        var refused = await Fault(server, server.AdminKey);
        await second.RequestStream.CompleteAsync();

        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_CALLS_AT_ONCE"), (refused?.Code, refused?.Reason));
        Assert.NotNull(refused!.RetryAfter);
        await Eventually.True(async () => await Fault(server, server.AdminKey) is null, "there is room for a call again");
    }

    [Fact]
    public async Task Keys_UnknownOnesTooOften_AreToldToWaitAndGoodOnesAreNot()
    {
        await using var server = await Start(("RefusedKeysPerMinute", "5"));

        var refused = await UntilRefused(server, "wrong");
        using var keyless = server.OpenKeylessChannel();
        var missing = await Assert.ThrowsAsync<RpcException>(async () => await new AccessService.AccessServiceClient(keyless).GetCallerAsync(new GetCallerRequest()));

        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_ATTEMPTS"), (refused.Code, refused.Reason));
        Assert.Equal("TOO_MANY_ATTEMPTS", RpcFault.Read(missing).Reason);
        Assert.NotNull(refused.RetryAfter);
        await Call(server, server.AdminKey);
        Assert.Equal("Calls without a key that is taken come too often from address 127.0.0.1; said once a minute", Assert.Single(server.Log, entry => entry.EventId == 560).Message);
    }

    [Fact]
    public async Task OpenCalls_MoreOftenThanAllowed_AreRefusedOverHttpToo()
    {
        await using var server = await Start(("CallsPerSecond", "1"), ("CallsBurst", "3"));
        using var client = new HttpClient { BaseAddress = server.HttpAddress };
        HttpResponseMessage response;
        do
        {
            response = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        }
        while (response.StatusCode == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("192.0.2.7", "address 192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "address 192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "network 2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "network 2001:db8:1:2::/64")]
    public void Network_OfAnAddress_IsWhatOneAttackerHas(string address, string network) =>
        Assert.Equal(network, CallLimits.Network(IPAddress.Parse(address)));

    [Theory]
    [InlineData("MessageBytes", "1")]
    [InlineData("CompressionRatio", "0")]
    [InlineData("HeaderBytes", "0")]
    [InlineData("HeaderCount", "1")]
    [InlineData("StreamsPerConnection", "0")]
    [InlineData("Connections", "0")]
    [InlineData("HeadersTimeout", "00:00:00")]
    [InlineData("SlowBytesPerSecond", "0")]
    [InlineData("SlowGrace", "00:00:01")]
    [InlineData("IdleConnection", "00:00:00")]
    [InlineData("PingAfter", "00:00:00")]
    [InlineData("PingTimeout", "00:00:00")]
    [InlineData("CallsPerSecond", "-1")]
    [InlineData("CallsBurst", "0")]
    [InlineData("CallsAtOnce", "0")]
    [InlineData("RefusedKeysPerMinute", "-1")]
    public async Task Start_LimitThatCannotBe_IsRefusedAndNamesIt(string setting, string value)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Start((setting, value)));

        var faults = refused is AggregateException many ? many.InnerExceptions.OfType<OptionsValidationException>().Single() : Assert.IsType<OptionsValidationException>(refused);
        Assert.StartsWith($"Limits:{setting}: ", Assert.Single(faults.Failures).Split("with the error: '")[^1], StringComparison.Ordinal);
    }

    private static Task<ServerFixture> Start(params (string Name, string Value)[] limits) =>
        ServerFixture.Start(limits.ToDictionary(limit => $"LabServer:Limits:{limit.Name}", limit => (string?)limit.Value));

    private static Task<RpcFault> UntilRefused(ServerFixture server, string key) => Eventually.NotNull(
        async () => await Fault(server, key) is { Code: StatusCode.ResourceExhausted } fault ? fault : null, "a call is refused");

    private static async Task<RpcFault?> Fault(ServerFixture server, string key)
    {
        try
        {
            await Call(server, key);
            return null;
        }
        catch (RpcException refused)
        {
            return RpcFault.Read(refused);
        }
    }

    private static async Task Call(ServerFixture server, string key) =>
        await server.Access.GetCallerAsync(new GetCallerRequest(), ServerFixture.Key(key));
}
