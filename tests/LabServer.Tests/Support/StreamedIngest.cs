using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;

namespace LabServer.Tests.Support;

/// <summary>Results pushed over several streams at once until each of them ends, and what was acknowledged of them.</summary>
/// <param name="studyId">A study on the server.</param>
/// <param name="streams">How many push beside each other.</param>
/// <param name="prefix">Begins every source result id; no two pushes have the same.</param>
internal sealed class StreamedIngest(string studyId, int streams, string prefix)
{
    /// <summary>Results of a batch.</summary>
    public const int BatchSize = 40;

    private readonly Lock _gate = new();
    private readonly List<string> _acknowledged = [];
    private readonly List<RpcException> _ends = [];

    /// <summary>Source result ids of all that was acknowledged.</summary>
    public IReadOnlyList<string> AcknowledgedIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _acknowledged];
            }
        }
    }

    /// <summary>How the streams ended.</summary>
    public IReadOnlyList<RpcException> Ends
    {
        get
        {
            lock (_gate)
            {
                return [.. _ends];
            }
        }
    }

    /// <summary>Pushes until every stream has failed.</summary>
    public Task Run(GrpcChannel channel)
    {
        var client = new IngestionService.IngestionServiceClient(channel);
        return Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => Push(client, FormattableString.Invariant($"{prefix}{stream}-")))));
    }

    /// <summary>Waits until so many results are acknowledged.</summary>
    public Task Acknowledged(int results) =>
        Eventually.True(() => AcknowledgedIds.Count >= results, $"{results} results are acknowledged", TimeSpan.FromMinutes(2));

    /// <summary>Source result ids of all results of a study, as often as they are stored.</summary>
    public static async Task<List<string>> OnFile(GrpcChannel channel, string studyId)
    {
        var client = new IngestionService.IngestionServiceClient(channel);
        var ids = new List<string>();
        var token = "";
        do
        {
            var page = await client.ListResultsAsync(new ListResultsRequest { StudyId = studyId, PageSize = 1000, PageToken = token });
            ids.AddRange(page.Results.Select(result => result.Result.SourceResultId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return ids;
    }

    private async Task Push(IngestionService.IngestionServiceClient client, string stream)
    {
        using var call = client.StreamResults();
        await using var writing = new EndlessWriter(call.RequestStream, number => new StreamResultsRequest
        {
            BatchNumber = number,
            StudyId = studyId,
            Laboratory = Trial.Laboratory,
            Results = { Batch(stream, number) },
        });
        try
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                var ids = Batch(stream, answer.BatchNumber).Select(result => result.SourceResultId).ToList();
                lock (_gate)
                {
                    _acknowledged.AddRange(ids);
                }
            }
        }
        catch (RpcException end)
        {
            lock (_gate)
            {
                _ends.Add(end);
            }
        }
    }

    private static IEnumerable<LabResult> Batch(string stream, ulong number) =>
        Trial.ManyAlt(FormattableString.Invariant($"{stream}{number}-"), BatchSize);
}
