using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class SubmitResultsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task SubmitResults_MixedBatch_AnswersOneDispositionAResultInTheOrderSent()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");

        var outcome = await trial.Submit(
            Trial.Alt("r1", "30"), Trial.Alt("r2", "1,5"), Trial.Alt("r3", "31", subject: "99"), Trial.Alt("r1", "30"), Trial.Alt("r4", "32"));

        Assert.Equal(
            [Disposition.Accepted, Disposition.Rejected, Disposition.Held, Disposition.Duplicate, Disposition.Accepted], outcome.Dispositions);
        Assert.Equal([1, 2], outcome.Details.Select(detail => detail.Position));
        Assert.Equal(("reported_value", "VALUE_MALFORMED"), (outcome.Details[0].Faults.Single().Field, outcome.Details[0].Faults.Single().Code));
        Assert.Equal([HoldReason.UnknownSubject], outcome.Details[1].HoldReasons);
    }

    [Fact]
    public async Task SubmitResults_SameBatchAgain_DuplicatesSayWhatTheCopyOnFileIs()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        LabResult[] batch = [Trial.Alt("r1", "30"), Trial.Alt("r2", "1,5"), Trial.Alt("r3", "31", subject: "99")];
        await trial.Submit(batch);

        var again = await trial.Submit(batch);

        Assert.All(again.Dispositions, disposition => Assert.Equal(Disposition.Duplicate, disposition));
        Assert.Equal([(1, Disposition.Rejected), (2, Disposition.Held)], again.Details.Select(detail => (detail.Position, detail.OnFile)));
        Assert.Equal("VALUE_MALFORMED", again.Details[0].Faults.Single().Code);
        Assert.Equal([HoldReason.UnknownSubject], again.Details[1].HoldReasons);
        var counts = await trial.Counts();
        Assert.Equal((2, 1, 1), (counts.Results, counts.Held, counts.Rejected));
    }

    [Fact]
    public async Task SubmitResults_NewerVersion_AmendsAndSameVersionWithOtherContentIsRejected()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("r1", "30"));
        var second = Trial.Alt("r1", "35");
        second.Version = 2;

        var outcome = await trial.Submit(second, Trial.Alt("r1", "36"));

        Assert.Equal([Disposition.Amended, Disposition.Rejected], outcome.Dispositions);
        Assert.Equal(("version", "CONTENT_CONFLICT"), (outcome.Details.Single().Faults.Single().Field, outcome.Details.Single().Faults.Single().Code));
    }

    [Fact]
    public async Task SubmitResults_ResultWithManyFaults_AllComeBackAtOnce()
    {
        var trial = await Trial.Create(server);
        var faulty = new LabResult
        {
            ReportedValue = "4.1.2",
            ReferenceLow = "9",
            ReferenceHigh = "3",
            CollectedAt = "2021-13-45",
            ResultedAt = "2999-01-01",
            Status = (ResultStatus)99,
            Fasting = (Fasting)99,
            Visit = new string('V', 201),
        };

        var outcome = await trial.Submit(faulty);

        Assert.Equal([Disposition.Rejected], outcome.Dispositions);
        Assert.Equal(
            [
                ("collected_at", "DATE_MALFORMED"), ("fasting", "FASTING_UNKNOWN"), ("reference_low", "RANGE_INVERTED"),
                ("reported_value", "VALUE_MALFORMED"), ("resulted_at", "DATE_IN_FUTURE"), ("source_result_id", "FIELD_MISSING"),
                ("status", "STATUS_UNKNOWN"), ("subject_id", "FIELD_MISSING"), ("test_code", "FIELD_MISSING"), ("visit", "FIELD_TOO_LONG"),
            ],
            outcome.Details.Single().Faults.Select(fault => (fault.Field, fault.Code)).Order());
        Assert.All(outcome.Details.Single().Faults, fault => Assert.NotEmpty(fault.Message));
    }

    [Fact]
    public async Task SubmitResults_SeveralThingsUnknown_EveryHoldReasonComesBack()
    {
        var trial = await Trial.Create(server);
        var unknownUnit = Trial.Alt("r1", "30");
        unknownUnit.ReportedUnit = "furlong";
        var unknownTest = Trial.Alt("r2", "30");
        unknownTest.TestCode = "NOSUCH";

        var outcome = await trial.Submit(unknownUnit, unknownTest);

        Assert.Equal([Disposition.Held, Disposition.Held], outcome.Dispositions);
        Assert.Equal([HoldReason.UnknownSubject, HoldReason.UnknownUnit], outcome.Details[0].HoldReasons);
        Assert.Equal([HoldReason.UnknownSubject, HoldReason.UnknownTest], outcome.Details[1].HoldReasons);
    }

    [Fact]
    public async Task SubmitResults_EmptyBatch_AnswersWithNoDispositions()
    {
        var trial = await Trial.Create(server);

        Assert.Empty((await trial.Submit()).Dispositions);
    }

    [Fact]
    public async Task SubmitResults_WithTwoKeys_TheSenderIsKeptAsAuthenticated()
    {
        var trial = await Trial.Create(server);
        var laboratory = await server.Access.CreateKeyAsync(
            new CreateKeyRequest { Name = "sender", Role = Role.Laboratory, Laboratories = { Trial.Laboratory } });
        await trial.Submit(Trial.Alt("r1", "30"));
        await trial.Ingestion.SubmitResultsAsync(
            new SubmitResultsRequest { StudyId = trial.StudyId, Laboratory = Trial.Laboratory, Results = { Trial.Alt("r2", "30") } },
            ServerFixture.Key(laboratory.Text));

        Assert.Equal(["admin", "sender"], (await trial.AllResults()).Select(result => result.ReceivedFrom));
    }

    [Fact]
    public async Task SubmitResults_StudyAndLaboratoryMissing_BothFieldsAreNamed()
    {
        var trial = await Trial.Create(server);

        var fault = await Refused.With(
            StatusCode.InvalidArgument, "BATCH_INVALID", trial.Ingestion.SubmitResultsAsync(new SubmitResultsRequest { Results = { Trial.Alt("r1", "30") } }));

        Assert.Equal(["study_id", "laboratory"], fault.Fields());
    }

    [Theory]
    [InlineData("", "no name")]
    [InlineData(" CENTRAL", "a blank before it")]
    [InlineData("CEN\tTRAL", "a control character")]
    public async Task SubmitResults_LaboratoryIsNoName_IsInvalidArgumentAndNothingIsStored(string laboratory, string what)
    {
        var trial = await Trial.Create(server);

        var fault = await Refused.With(
            StatusCode.InvalidArgument, "BATCH_INVALID", () => trial.SubmitFrom(laboratory, Trial.Alt("r1", "30")));

        Assert.Equal(["laboratory"], fault.Fields());
        Assert.True((await trial.Counts()).Results == 0, what);
    }

    [Fact]
    public async Task SubmitResults_StudyMissing_IsInvalidArgument()
    {
        var fault = await Refused.With(
            StatusCode.InvalidArgument,
            "BATCH_INVALID",
            new IngestionService.IngestionServiceClient(server.Channel).SubmitResultsAsync(new SubmitResultsRequest { Laboratory = Trial.Laboratory }));

        Assert.Equal(["study_id"], fault.Fields());
    }

    [Fact]
    public async Task SubmitResults_StudyUnknown_IsNotFoundAndNamesIt()
    {
        var fault = await Refused.With(
            StatusCode.NotFound,
            "STUDY_NOT_FOUND",
            new IngestionService.IngestionServiceClient(server.Channel).SubmitResultsAsync(
                new SubmitResultsRequest { StudyId = "NO-SUCH", Laboratory = Trial.Laboratory }));

        Assert.Equal(("study", "NO-SUCH"), (fault.ResourceType, fault.ResourceName));
    }

    [Fact]
    public async Task SubmitResults_5000Results_AreTakenAnd5001AreRefusedWhole()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");

        var fault = await Refused.With(
            StatusCode.InvalidArgument, "BATCH_INVALID", () => trial.Submit([.. Trial.ManyAlt("r", 5001)]));
        var none = await trial.Counts();
        var outcome = await trial.Submit([.. Trial.ManyAlt("r", 5000)]);

        Assert.Equal(["results"], fault.Fields());
        Assert.Equal(0, none.Results);
        Assert.Equal(5000, outcome.Dispositions.Count(disposition => disposition == Disposition.Accepted));
    }

    [Fact]
    public async Task SubmitResults_MessageOverTheSizeLimit_IsResourceExhausted()
    {
        var trial = await Trial.Create(server);

        // A connection of its own, which the server may close while the message is still being sent.
        using var channel = server.OpenChannel();
        var ingestion = new IngestionService.IngestionServiceClient(channel);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await ingestion.SubmitResultsAsync(new SubmitResultsRequest
        {
            StudyId = trial.StudyId,
            Laboratory = "L",
            Results = { Trial.Alt("r1", new string('1', 17 * 1024 * 1024)) },
        }));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(0, (await trial.Counts()).Results);
    }
}
