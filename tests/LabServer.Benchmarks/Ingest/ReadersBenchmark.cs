using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>
/// Ingestion while watches and exports are open whose clients have read one message and read no more, against ingestion with
/// nobody reading, in turns on the same server. An export holds a state of the database, so that the log grows meanwhile.
/// </summary>
internal static class ReadersBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 200;
    private const int Visits = 26;
    private const int Rounds = 3;
    private const int ReadersOfAKind = 4;

    // Slower readers are refused for good only after minutes: nothing of that ends here.
    private const double RatioAim = 0.95;

    /// <summary>Measures.</summary>
    /// <param name="quick">A tenth of the subjects.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        await using var server = await MeasuredServer.Start(null, cancellation);
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        await SentResults.Send(server, study, "graded-", Disposition.Accepted, _ => { }, cancellation);
        await LoadedStudy.Grade(server, study.Id, cancellation);
        await SentResults.Send(server, study, "warm-", Disposition.Accepted, _ => { }, cancellation);
        Pace? alone = null, beside = null;
        for (var round = 0; round < Rounds; round++)
        {
            alone = Plus(alone, await SentResults.Send(server, study, $"alone-{round}-", Disposition.Accepted, _ => { }, cancellation));
            using var channel = server.OpenChannel();
            var readers = await OpenReaders(channel, study, cancellation);
            beside = Plus(beside, await SentResults.Send(server, study, $"beside-{round}-", Disposition.Accepted, _ => { }, cancellation));
            readers.ForEach(reader => reader.Dispose());
        }

        return [.. SentResults.Beside(alone!, beside!, "ingest beside 4 watches and 4 exports that nobody reads", RatioAim)];
    }

    private static Pace Plus(Pace? before, Pace more) => before is null ? more : before + more;

    private static async Task<List<IDisposable>> OpenReaders(GrpcChannel channel, SyntheticStudy study, CancellationToken cancellation)
    {
        var events = new AdverseEventsService.AdverseEventsServiceClient(channel);
        var summaries = new SummariesService.SummariesServiceClient(channel);
        var readers = new List<IDisposable>();
        for (var i = 0; i < ReadersOfAKind; i++)
        {
            var watch = events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = study.Id }, cancellationToken: cancellation);
            var export = summaries.ExportDataset(
                new ExportDatasetRequest { StudyId = study.Id, RuleSetId = RuleSet, Dataset = Dataset.Adlb }, cancellationToken: cancellation);
            readers.AddRange([watch, export]);

            // The first message, so that it has begun; of what follows as much is on its way as flow control lets through.
            await RequireOne(watch.ResponseStream, cancellation);
            await RequireOne(export.ResponseStream, cancellation);
        }

        return readers;
    }

    private static async Task RequireOne<T>(IAsyncStreamReader<T> stream, CancellationToken cancellation)
    {
        if (!await stream.MoveNext(cancellation))
        {
            throw new InvalidOperationException("An answer ended before its first message.");
        }
    }
}
