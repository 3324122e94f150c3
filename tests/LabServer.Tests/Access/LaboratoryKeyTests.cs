using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

/// <summary>Two laboratories of one study: each sends for itself, and sees what it sent.</summary>
public sealed class LaboratoryKeyTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private Trial _trial = null!;
    private IngestionService.IngestionServiceClient _ingestion = null!;
    private Grpc.Net.Client.GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _trial = await Trial.Create(server);
        await _trial.Register("01");
        foreach (var laboratory in new[] { "OWN", "OTHER" })
        {
            // Accepted, held and rejected, the first of them with the same id in both.
            await _trial.SubmitFrom(
                laboratory, Trial.Alt("same", "30"), Trial.Alt($"{laboratory}-1", "900", "2021-03-03"), Trial.Alt($"{laboratory}-held", "30", subject: "99"),
                Trial.Alt($"{laboratory}-bad", "", "2021-03-03"));
        }

        await _trial.Grade();
        var key = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = $"lab-{_trial.StudyId}", Role = Role.Laboratory, Laboratories = { "OWN" } });
        _channel = server.OpenChannel(key: key.Text);
        _ingestion = new IngestionService.IngestionServiceClient(_channel);
    }

    public Task DisposeAsync()
    {
        _channel.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lists_OfALaboratory_HoldItsOwnResultsAlone()
    {
        var study = _trial.StudyId;

        var results = (await _ingestion.ListResultsAsync(new ListResultsRequest { StudyId = study })).Results;
        var held = (await _ingestion.ListHeldResultsAsync(new ListHeldResultsRequest { StudyId = study })).Results;
        var rejected = (await _ingestion.ListRejectedResultsAsync(new ListRejectedResultsRequest { StudyId = study })).Results;

        Assert.Equal(["same", "OWN-1", "OWN-held"], results.Select(result => result.Result.SourceResultId));
        Assert.All(results, result => Assert.Equal("OWN", result.Laboratory));
        Assert.Equal(["OWN-held"], held.Select(result => result.Result.SourceResultId));
        Assert.Equal(["OWN-bad"], rejected.Select(result => result.Result.SourceResultId));
        // ALT rose thirtyfold in a day, which flags it for others to see.
        Assert.All(results, result => Assert.Empty(result.Flags));
        Assert.Contains((await server.Ingestion.ListResultsAsync(new ListResultsRequest { StudyId = study })).Results, result => result.Flags.Count > 0);
    }

    [Fact]
    public async Task GetResult_OfAnotherLaboratory_IsNotFoundAsOneThatThereIsNot()
    {
        var own = await _ingestion.GetResultAsync(new GetResultRequest { StudyId = _trial.StudyId, SourceResultId = "same" });
        var forbidden = await Get("OTHER", "OTHER-1");
        var absent = await Get("OTHER", "OTHER-2");
        var unnamed = await Get("", "OTHER-1");

        Assert.Equal("OWN", Assert.Single(own.Versions).Laboratory);
        Assert.Equal(absent.Replace("OTHER-2", "OTHER-1", StringComparison.Ordinal), forbidden);
        Assert.Equal(forbidden, unnamed);

        async Task<string> Get(string laboratory, string id) => (await Refused.With(
            StatusCode.NotFound, "RESULT_NOT_FOUND",
            _ingestion.GetResultAsync(new GetResultRequest { StudyId = _trial.StudyId, Laboratory = laboratory, SourceResultId = id }))).Message;
    }

    [Fact]
    public async Task Push_ForAnotherLaboratory_IsRefusedAndNothingStored()
    {
        await Refused.With(StatusCode.PermissionDenied, "LABORATORY_NOT_OF_KEY", _ingestion.SubmitResultsAsync(Request("OTHER")));
        using (var stream = _ingestion.StreamResults())
        {
            await stream.RequestStream.WriteAsync(new StreamResultsRequest { BatchNumber = 1, StudyId = _trial.StudyId, Laboratory = "NEW", Results = { Trial.Alt("new", "30") } });
            await Refused.With(StatusCode.PermissionDenied, "LABORATORY_NOT_OF_KEY", () => stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        var taken = await _ingestion.SubmitResultsAsync(Request("OWN"));

        Assert.Equal([Disposition.Accepted], taken.Outcome.Dispositions);
        Assert.Equal(["OWN"], (await _trial.AllResults()).Where(result => result.Result.SourceResultId == "new").Select(result => result.Laboratory));
    }

    private SubmitResultsRequest Request(string laboratory) => new() { StudyId = _trial.StudyId, Laboratory = laboratory, Results = { Trial.Alt("new", "30") } };
}
