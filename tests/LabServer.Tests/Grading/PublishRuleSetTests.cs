using Google.Protobuf;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using RuleSets = LabServer.Core.Grading.RuleSets;

namespace LabServer.Tests.Grading;

public sealed class PublishRuleSetTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Publish_NewSet_IsKeptAndStudiesAreGradedUnderItAtOnce()
    {
        var id = NewId();
        var json = OwnRuleSet.Json(id);

        var published = await Publish(json, "protocol 3.1");
        var trial = await Trial.Create(server, id);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("r1", "30", "2021-02-27"), Trial.Alt("r2", "101", "2021-03-05"));
        await trial.Grade();
        var found = (await trial.Grading.ExplainGradeAsync(
            new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = "r2", RuleSetId = id })).Explanations.Single();
        var kept = await server.Grading.GetRuleSetAsync(new GetRuleSetRequest { RuleSetId = id });

        Assert.False(published.AlreadyPublished);
        Assert.Equal((id, 1, false, "admin", "protocol 3.1"),
            (kept.RuleSet.RuleSetId, kept.RuleSet.Version, kept.RuleSet.BuiltIn, kept.RuleSet.PublishedBy, kept.RuleSet.Reason));
        Assert.NotNull(kept.RuleSet.PublishedAt);
        Assert.Equal(json, kept.Content.ToStringUtf8());
        Assert.Equal((2, id, 1, kept.RuleSet.Sha256), (found.Grade, found.RuleSetId, found.RuleSetVersion, found.RuleSetSha256));
    }

    [Fact]
    public async Task Publish_SameFileAgain_ChangesNothing()
    {
        var id = NewId();
        await Publish(OwnRuleSet.Json(id), "first");

        var again = await Publish(OwnRuleSet.Json(id), "second");

        Assert.True(again.AlreadyPublished);
        Assert.Equal("first", again.RuleSet.Reason);
        Assert.Single((await server.Grading.ListRuleSetsAsync(new ListRuleSetsRequest())).RuleSets, set => set.RuleSetId == id);
    }

    [Fact]
    public async Task Publish_NextVersion_LeavesStudiesUnderTheirs()
    {
        var id = NewId();
        var first = (await Publish(OwnRuleSet.Json(id))).RuleSet;
        var old = await Trial.Create(server, id);
        await Publish(OwnRuleSet.Json(
            id, version: 2, above: 50, $$""" "extends": { "ruleSet": "{{id}}", "version": 1, "sha256": "{{first.Sha256}}" }, """));
        var young = await Trial.Create(server, id);
        var both = await Trial.Create(server, $"{id}@1", $"{id}@2");
        foreach (var trial in new[] { old, young, both })
        {
            await trial.Register("01");
            await trial.Submit(Trial.Alt("r1", "30", "2021-02-27"), Trial.Alt("r2", "60", "2021-03-05"));
            await trial.Grade();
        }

        Assert.Equal((0, 1), await Graded(old, id));
        Assert.Equal((2, 2), await Graded(young, id));
        Assert.Equal((2, 2), await Graded(both, id));
        Assert.Equal((0, 1), await Graded(both, $"{id}@1"));
        Assert.Equal([id], (await old.Counts()).Study.RuleSets);
        Assert.Equal([$"{id}@1", $"{id}@2"], (await both.Counts()).Study.RuleSets);
        Assert.Equal([(id, 2)], (await both.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = both.StudyId })).Events
            .Select(found => (found.RuleSetId, found.RuleSetVersion)));
        Assert.Equal($"{id}@1", (await server.Grading.GetRuleSetAsync(new GetRuleSetRequest { RuleSetId = id })).RuleSet.Extends);
        await Refused.With(StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY", () => Graded(old, $"{id}@2"));
    }

    [Fact]
    public async Task Publish_PlaceIsTaken_IsRefusedAndNothingChanges()
    {
        var id = NewId();
        await Publish(OwnRuleSet.Json(id));

        async Task Gives(string json, string fault) =>
            Assert.Contains((await Refused.With(StatusCode.InvalidArgument, "RULE_SET_INVALID", () => Publish(json))).Violations,
                violation => violation.Description.Contains(fault, StringComparison.Ordinal));

        await Gives(OwnRuleSet.Json(id, above: 7), "the next version is 2");
        await Gives(OwnRuleSet.Json(id, version: 3), "version must be 2");
        await Gives(OwnRuleSet.Json("ctcae-5.0", version: 3), "comes with LabServer");
        await Gives(OwnRuleSet.Json(NewId(), version: 2), "version must be 1");
        Assert.Equal(1, (await server.Grading.GetRuleSetAsync(new GetRuleSetRequest { RuleSetId = id })).RuleSet.Version);
    }

    [Fact]
    public async Task Publish_ManyFaults_NamesThemAndValidateHasThemAll()
    {
        var json = OwnRuleSet.Json("Bad Id").Replace("\"ALT\"]", "\"NOSUCH\"]", StringComparison.Ordinal).Replace("\"grade\": 2", "\"grade\": 9", StringComparison.Ordinal);

        var fault = await Refused.With(StatusCode.InvalidArgument, "RULE_SET_INVALID", () => Publish(json));
        var faults = (await server.Grading.ValidateRuleSetAsync(new ValidateRuleSetRequest { Content = ByteString.CopyFromUtf8(json) })).Faults;

        Assert.Equal(4, faults.Count);
        Assert.Equal(faults, fault.Violations.Select(violation => violation.Description));
        Assert.All(fault.Fields(), field => Assert.Equal("content", field));
    }

    [Theory]
    [InlineData(800, "", null)]
    [InlineData(801, "", "a term has at most 800 characters, not 801")]
    [InlineData(20, " ", "a term must not end with a blank")]
    public async Task Validate_TermThatNoDatabaseKeepsAsAKey_IsAFault(int length, string end, string? fault)
    {
        var json = OwnRuleSet.Json(NewId()).Replace($"\"ALT over the number\"", $"\"{new string('x', length)}{end}\"", StringComparison.Ordinal);

        var faults = (await server.Grading.ValidateRuleSetAsync(new ValidateRuleSetRequest { Content = ByteString.CopyFromUtf8(json) })).Faults;

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, found => Assert.EndsWith(fault!, found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "", "RULE_SET_SIZE")]
    [InlineData((1024 * 1024) + 1, "", "RULE_SET_SIZE")]
    [InlineData(10, "a\nb", "REASON_MALFORMED")]
    public async Task Publish_RequestMalformed_IsRefused(int bytes, string reason, string code) => await Refused.With(
        StatusCode.InvalidArgument,
        code,
        server.Grading.PublishRuleSetAsync(new PublishRuleSetRequest { Content = ByteString.CopyFrom(new byte[bytes]), Reason = reason }));

    [Fact]
    public async Task Validate_GoodFile_HasNoFaultAndIsNotPublished()
    {
        var id = NewId();

        var answer = await server.Grading.ValidateRuleSetAsync(new ValidateRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json(id)) });

        Assert.Empty(answer.Faults);
        await Refused.With(StatusCode.NotFound, "RULE_SET_NOT_FOUND", server.Grading.GetRuleSetAsync(new GetRuleSetRequest { RuleSetId = id }));
    }

    [Theory]
    [InlineData("ctcae-5.0", 2)]
    [InlineData("ctcae-5.0@1", 1)]
    [InlineData("nct04288102@1", 1)]
    public async Task Get_BuiltInSet_IsTheFileOfTheProgram(string reference, int version)
    {
        var found = await server.Grading.GetRuleSetAsync(new GetRuleSetRequest { RuleSetId = reference });

        Assert.Equal((version, true, "", null), (found.RuleSet.Version, found.RuleSet.BuiltIn, found.RuleSet.PublishedBy, found.RuleSet.PublishedAt));
        Assert.Equal(RuleSets.FileOf(RuleSets.Find(reference)!), found.Content.ToByteArray());
    }

    [Fact]
    public async Task Get_NoName_IsRefused() =>
        await Refused.With(StatusCode.InvalidArgument, "RULE_SET_MISSING", server.Grading.GetRuleSetAsync(new GetRuleSetRequest()));

    [Fact]
    public async Task Publish_TwoAtOnceForOnePlace_OneOfThemHasIt()
    {
        var id = NewId();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(async above =>
        {
            try
            {
                await Publish(OwnRuleSet.Json(id, above: above));
                return true;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.InvalidArgument)
            {
                return false;
            }
        }));

        Assert.Single(outcomes, published => published);
    }

    private static string NewId() => $"own-{Guid.NewGuid():n}";

    private async Task<PublishRuleSetResponse> Publish(string json, string reason = "") =>
        await server.Grading.PublishRuleSetAsync(new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8(json), Reason = reason });

    private static async Task<(int Grade, int Version)> Graded(Trial trial, string ruleSet)
    {
        var found = (await trial.Grading.ExplainGradeAsync(
            new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = "r2", RuleSetId = ruleSet })).Explanations.Single();
        return (found.Grade, found.RuleSetVersion);
    }
}
