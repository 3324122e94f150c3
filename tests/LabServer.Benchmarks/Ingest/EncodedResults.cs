using Google.Protobuf;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>
/// Results as the bytes of their messages, made before the clock starts: what it costs a laboratory system to make them is
/// not measured, though it would share the processors.
/// </summary>
internal sealed class EncodedResults
{
    private static readonly Method<byte[], StreamResultsResponse> StreamResults = new(
        MethodType.DuplexStreaming,
        "labserver.v1.IngestionService",
        "StreamResults",
        Marshallers.Create(bytes => bytes, bytes => bytes),
        Marshallers.Create(message => message.ToByteArray(), StreamResultsResponse.Parser.ParseFrom));

    private readonly List<(byte[] Message, int Results)>[] _streams;

    private EncodedResults(List<(byte[] Message, int Results)>[] streams) => _streams = streams;

    /// <summary>Results of all streams.</summary>
    public long Count => _streams.Sum(stream => stream.Sum(batch => (long)batch.Results));

    /// <summary>Batches in turn to each stream.</summary>
    /// <param name="study">Whose results.</param>
    /// <param name="streams">How many streams.</param>
    /// <param name="change">What is done to each result before; to make it one that is held, say.</param>
    public static Task<EncodedResults> Of(SyntheticStudy study, int streams, Action<LabResult>? change = null) =>
        Of(study.AllResults(), streams, change);

    /// <summary>The same of some batches.</summary>
    public static async Task<EncodedResults> Of(IAsyncEnumerable<Api.ResultBatch> batches, int streams, Action<LabResult>? change = null)
    {
        var all = Enumerable.Range(0, streams).Select(_ => new List<(byte[], int)>()).ToArray();
        var number = 0UL;
        await foreach (var batch in batches)
        {
            foreach (var result in batch.Results)
            {
                change?.Invoke(result);
            }

            var message = new StreamResultsRequest
            {
                BatchNumber = number,
                StudyId = batch.StudyId,
                Laboratory = batch.Laboratory,
                Results = { batch.Results },
            };
            all[number++ % (ulong)streams].Add((message.ToByteArray(), batch.Results.Count));
        }

        return new EncodedResults(all);
    }

    /// <summary>Sends everything and waits for the last acknowledgement.</summary>
    /// <returns>Results by what became of them.</returns>
    public async Task<IReadOnlyDictionary<Disposition, long>> Send(MeasuredServer server, CancellationToken cancellation)
    {
        var counts = new Dictionary<Disposition, long>();
        foreach (var stream in await Task.WhenAll(_streams.Select(stream => Task.Run(() => Send(server, stream, cancellation), cancellation))))
        {
            foreach (var (disposition, count) in stream)
            {
                counts[disposition] = counts.GetValueOrDefault(disposition) + count;
            }
        }

        return counts;
    }

    private static async Task<Dictionary<Disposition, long>> Send(
        MeasuredServer server, List<(byte[] Message, int Results)> batches, CancellationToken cancellation)
    {
        using var call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(StreamResults, null, new CallOptions(cancellationToken: cancellation));
        var counts = new Dictionary<Disposition, long>();
        var reading = Task.Run(
            async () =>
            {
                while (await call.ResponseStream.MoveNext(cancellation))
                {
                    foreach (var disposition in call.ResponseStream.Current.Outcome.Dispositions)
                    {
                        counts[disposition] = counts.GetValueOrDefault(disposition) + 1;
                    }
                }
            },
            cancellation);
        foreach (var (message, _) in batches)
        {
            await call.RequestStream.WriteAsync(message, cancellation);
        }

        await call.RequestStream.CompleteAsync();
        await reading;
        return counts;
    }
}
