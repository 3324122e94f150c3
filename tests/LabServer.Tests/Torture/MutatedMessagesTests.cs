using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api;
using LabServer.Api.Rpc;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Access;
using LabServer.Tests.Reports;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using RpcStatus = LabServer.Api.Rpc.Status;

namespace LabServer.Tests.Torture;

/// <summary>Every RPC with requests that are nearly right, in their fields and in their bytes.</summary>
[Collection(Alone.Name)]
[Trait(Battery.Name, Battery.Value)]
public sealed class MutatedMessagesTests
{
    private const string Study = "FUZZ";
    private const int Workers = 4;
    private const int DirectEvery = 3;

    // What works on a whole study or database: as right as any, but not as often.
    private static readonly HashSet<string> Costly = ["CreateBackup", "VerifyBackup", "RemakeReport", "RunJob", "CompareRuleSets", "VerifyAuditTrail"];

    // Streams that end when the caller does, or a job: what they have said by then is enough.
    private static readonly HashSet<string> Endless = ["WatchAdverseEvents", "WatchJobRun"];

    [Fact]
    public async Task Messages_Mutated_AreAnsweredOrRefusedWithAReason()
    {
        var messages = Battery.Size(6_000, 1_000_000);
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Limits:CallsPerSecond"] = "0" });
        await SmallTrial.Push(server.Channel, Study, subjects: 3, days: 5);
        await server.Services.GetRequiredService<GradingRun>().RunIncremental(Study, _ => { }, CancellationToken.None);
        var runId = (await ReportedTrial.MakeReport(server, Study)).RunId;
        var known = new Dictionary<string, string[]>
        {
            ["study_id"] = [Study],
            ["subject_id"] = ["0001", "0002", "0003"],
            ["laboratory"] = ["CENTRAL"],
            ["source_result_id"] = ["0001/1", "0002/2", "new"],
            ["rule_set_id"] = ["ctcae-5.0", "ctcae-4.03"],
            ["test_code"] = ["ALT", "K", "CRP"],
            ["test"] = ["ALT"],
            ["run_id"] = [runId],
            ["event_id"] = [(await server.AdverseEvents.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = Study })).Events[0].EventId],
            ["report_id"] = [(await server.Reports.ListReportsAsync(new ListReportsRequest { StudyId = Study })).Reports[0].ReportId],
        };
        var all = Rpc.All(server);
        var faults = new ConcurrentBag<string>();
        var (answered, refused) = (0, new ConcurrentDictionary<string, int>());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var mutation = new Mutation(Battery.Seed + worker);
            using var channel = server.OpenChannel();
            for (var i = worker; i < messages && faults.IsEmpty; i += Workers)
            {
                var rpc = mutation.Of(all);
                if (Costly.Contains(rpc.Name) && !mutation.Chance(50))
                {
                    i -= Workers;
                    continue;
                }

                var bytes = mutation.Message(rpc.Method.InputType, known).ToByteArray();
                bytes = mutation.Chance(DirectEvery) ? bytes : mutation.Bytes(bytes, 1 + mutation.Next(6));
                if (await Call(channel, rpc, bytes) is { } failure)
                {
                    refused.AddOrUpdate(failure.StatusCode.ToString(), 1, (_, count) => count + 1);
                    if (FaultOf(failure) is { } fault)
                    {
                        faults.Add($"{rpc} {Convert.ToHexString(bytes)}: {fault}");
                    }
                }
                else
                {
                    Interlocked.Increment(ref answered);
                }
            }
        })));
        watch.Stop();

        Assert.Empty(faults);
        Assert.True(refused.Count > 2 && answered > messages / 20, $"{answered} answered; {string.Join(", ", refused)}");
        using var fresh = server.OpenChannel();
        Assert.Equal(Study, (await new StudiesService.StudiesServiceClient(fresh).GetStudyAsync(new GetStudyRequest { StudyId = Study })).Study.StudyId);
        Battery.Report(
            "mutated protobuf messages",
            $"{messages} messages of {all.Count} RPCs, {answered} answered, {refused.Values.Sum()} refused with a reason, 0 without, in {watch.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task<RpcException?> Call(GrpcChannel channel, Rpc rpc, byte[] bytes)
    {
        var marshaller = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, rpc.Method.Service.FullName, rpc.Name, marshaller, marshaller);
        using var bound = new CancellationTokenSource(Endless.Contains(rpc.Name) ? TimeSpan.FromMilliseconds(100) : Eventually.Bound);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: bound.Token));
        try
        {
            try
            {
                await call.RequestStream.WriteAsync(bytes, bound.Token);
                await call.RequestStream.CompleteAsync();
            }
            catch (Exception exception) when (exception is RpcException or InvalidOperationException)
            {
                // The answer says why.
            }

            while (await call.ResponseStream.MoveNext(bound.Token))
            {
                // What it says is for other tests.
            }

            return null;
        }
        catch (Exception ended) when (bound.IsCancellationRequested && Endless.Contains(rpc.Name) && ended is RpcException or OperationCanceledException)
        {
            return null;
        }
        catch (RpcException refused)
        {
            return refused;
        }
    }

    private static string? FaultOf(RpcException failure)
    {
        if (failure.StatusCode is StatusCode.Unknown or StatusCode.Internal or StatusCode.Cancelled)
        {
            return failure.ToString();
        }

        var details = RpcStatus.Parser.ParseFrom(failure.Trailers.GetValueBytes(RpcFault.DetailsTrailer) ?? []).Details;
        return details.Any(detail => detail.TryUnpack<ErrorInfo>(out var info) && info.Reason.Length > 0 && info.Domain == "labserver")
            ? null
            : $"without a reason: {failure.Status}";
    }
}
