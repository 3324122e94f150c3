using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Ingestion;

public sealed class CatalogueServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private CatalogueService.CatalogueServiceClient Client => new(server.Channel);

    [Fact]
    public async Task ListTests_PagedToTheEnd_GivesEveryTestOnceByKeyWithNamesAndUnits()
    {
        var tests = new List<Test>();
        var token = "";
        do
        {
            var page = await Client.ListTestsAsync(new ListTestsRequest { PageSize = 20, PageToken = token });
            tests.AddRange(page.Tests);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(tests.Select(test => test.Key).Distinct().Order(StringComparer.Ordinal), tests.Select(test => test.Key));
        var alt = tests.Single(test => test.Key == "ALT");
        Assert.Equal(("ALT", "BLOOD", "U/L"), (alt.Code, alt.Specimen, alt.StandardUnit));
        Assert.Contains("1742-6", alt.Loinc);
        Assert.Contains("U/L", alt.Units);
    }

    [Fact]
    public async Task RegisterTestAlias_ResultsHeldForIt_AreReleasedInEveryStudyAndNewOnesAccepted()
    {
        var (first, second) = (await Trial.Create(server), await Trial.Create(server));
        await first.Register("01");
        await second.Register("01");
        await first.Submit(Coded("r1", "GPT-7"), Coded("r2", "GPT-8"));
        await second.Submit(Coded("r1", "gpt-7"));

        var registered = await Client.RegisterTestAliasAsync(new RegisterTestAliasRequest { Alias = "GPT-7", TestKey = "ALT" });

        Assert.Equal(2, registered.ReleasedResults);
        Assert.Contains("GPT-7", registered.Test.Aliases);
        Assert.Equal((1, 0), ((await first.Counts()).Held, (await second.Counts()).Held));
        Assert.Equal([Disposition.Accepted], (await first.Submit(Coded("r3", "GPT-7"))).Dispositions);
    }

    [Fact]
    public async Task RegisterUnitSynonym_ResultsHeldForIt_AreReleasedWithTheirStandardValue()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var result = Trial.Alt("r1", "210");
        result.ReportedUnit = "Einheiten je Liter";
        await trial.Submit(result);

        var registered = await Client.RegisterUnitSynonymAsync(
            new RegisterUnitSynonymRequest { TestKey = "ALT", ReportedUnit = "Einheiten je Liter", Unit = "U/L" });

        Assert.Equal(1, registered.ReleasedResults);
        Assert.Equal(210, (await trial.AllResults()).Single().StandardValue);
    }

    [Fact]
    public async Task RegisterTestAlias_AgainAfterACallThatEndedBeforeTheRelease_ReleasesWhatWaits()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Coded("r1", "CUT-OFF"));
        await server.Services.GetRequiredService<CatalogueStore>().RegisterAlias("CUT-OFF", "ALT", Author.Server, CancellationToken.None);
        Assert.Equal(1, (await trial.Counts()).Held);

        await Refused.With(
            StatusCode.AlreadyExists, "TEST_CODE_ALREADY_EXISTS",
            Client.RegisterTestAliasAsync(new RegisterTestAliasRequest { Alias = "CUT-OFF", TestKey = "ALT" }));

        Assert.Equal(0, (await trial.Counts()).Held);
    }

    [Fact]
    public async Task RegisterTestAlias_ManyAtOnceOverTheSameHeldResults_EachResultIsReleasedOnce()
    {
        await using var alone = await ServerFixture.Start();
        var client = new CatalogueService.CatalogueServiceClient(alone.Channel);
        var trial = await Trial.Create(alone);
        await trial.Register("01");
        const int Aliases = 8;
        const int ResultsOfEach = 400;
        foreach (var alias in Enumerable.Range(1, Aliases))
        {
            await trial.Submit([.. Enumerable.Range(1, ResultsOfEach).Select(i => Coded(FormattableString.Invariant($"{alias}-{i}"), FormattableString.Invariant($"AT-ONCE-{alias}")))]);
        }

        var released = await Task.WhenAll(Enumerable.Range(1, Aliases).Select(async alias =>
            (await client.RegisterTestAliasAsync(
                new RegisterTestAliasRequest { Alias = FormattableString.Invariant($"AT-ONCE-{alias}"), TestKey = "ALT" })).ReleasedResults));

        Assert.Equal(Aliases * ResultsOfEach, released.Sum());
        var counts = await trial.Counts();
        Assert.Equal((0, Aliases * ResultsOfEach), (counts.Held, counts.Pending));
        Assert.Equal(Aliases * ResultsOfEach, (await trial.Grade()).Results);
    }

    [Theory]
    [InlineData("AST", "ALT", StatusCode.AlreadyExists, "TEST_CODE_ALREADY_EXISTS")]
    [InlineData("NEW-CODE", "NO-SUCH", StatusCode.NotFound, "TEST_NOT_FOUND")]
    [InlineData("", "ALT", StatusCode.InvalidArgument, "NAME_MALFORMED")]
    [InlineData(" blank", "ALT", StatusCode.InvalidArgument, "NAME_MALFORMED")]
    public async Task RegisterTestAlias_WrongRequest_SaysWhatIsWrong(string alias, string test, StatusCode code, string reason) =>
        await Refused.With(code, reason, Client.RegisterTestAliasAsync(new RegisterTestAliasRequest { Alias = alias, TestKey = test }));

    [Theory]
    [InlineData("ALT", "U/l", "U/L", StatusCode.AlreadyExists, "UNIT_SPELLING_ALREADY_EXISTS")]
    [InlineData("NO-SUCH", "x", "U/L", StatusCode.NotFound, "TEST_NOT_FOUND")]
    [InlineData("ALT", "x", "mmol/L", StatusCode.InvalidArgument, "UNIT_NOT_OF_TEST")]
    [InlineData("ALT", "", "U/L", StatusCode.InvalidArgument, "NAME_MALFORMED")]
    public async Task RegisterUnitSynonym_WrongRequest_SaysWhatIsWrong(string test, string reported, string unit, StatusCode code, string reason) =>
        await Refused.With(
            code,
            reason,
            Client.RegisterUnitSynonymAsync(new RegisterUnitSynonymRequest { TestKey = test, ReportedUnit = reported, Unit = unit }));

    private static LabResult Coded(string id, string testCode)
    {
        var result = Trial.Alt(id, "30");
        result.TestCode = testCode;
        return result;
    }
}
