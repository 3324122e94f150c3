using LabServer.Core.Grading;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Publication;

public sealed class RuleSetCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Publish_GoodFile_CanBeShownAndFetchedByteForByte()
    {
        var json = OwnRuleSet.Json("cli-own");
        var target = Path.Combine(_subjects.Folder, "fetched.json");

        var published = await _subjects.Done($"rule-sets publish {_subjects.File("own.json", json)} --reason protocol --format json");
        var again = await _subjects.Done($"rule-sets publish {_subjects.File("own.json", json)}");
        var shown = await _subjects.Done($"rule-sets show cli-own --out {target}");
        var listed = await _subjects.Done("rule-sets list --format json");

        Assert.Equal(("cli-own", "1", "False"), ($"{published.Json["ruleSet"]}", $"{published.Json["version"]}", $"{(bool)published.Json["alreadyPublished"]!}"));
        Assert.Equal("true", again.Record["already published"]);
        Assert.Equal(("admin", "protocol"), (shown.Record["published by"], shown.Record["reason"]));
        Assert.Equal(json, await File.ReadAllTextAsync(target));
        Assert.Contains("cli-own", listed.Each("ruleSet"));
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("validate")]
    public async Task FaultyFile_EveryFault_IsALineAndTheExitCodeIsOne(string verb)
    {
        var path = _subjects.File("bad.json", OwnRuleSet.Json("Bad Id").Replace("\"ALT\"]", "\"NOSUCH\"]", StringComparison.Ordinal));

        var call = await _subjects.Labctl($"rule-sets {verb} {path}");

        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Equal(
            [
                $"{path}: id may hold a-z, 0-9, \".\" and \"-\", at most 64 of them",
                $"{path}: ALT over the number: test NOSUCH is not in the catalogue",
            ],
            call.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Validate_WithoutAServer_KnowsBuiltInSetsAndFilesGivenAsBase()
    {
        var five = RuleSets.Find("ctcae-5.0@2")!;
        var first = _subjects.File("first.json", OwnRuleSet.Json("mine", more: $$""" "extends": { "ruleSet": "ctcae-5.0", "version": 2, "sha256": "{{five.Hash}}" }, """));
        var one = await LabctlCall.Run("rule-sets", "validate", first);
        var hash = one.Output.Trim().Split(' ')[^1];
        var second = _subjects.File("second.json", OwnRuleSet.Json("mine", version: 2, more: $$""" "extends": { "ruleSet": "mine", "sha256": "{{hash}}" }, """));

        var alone = await LabctlCall.Run("rule-sets", "validate", second);
        var both = await LabctlCall.Run("rule-sets", "validate", second, "--base", first);

        Assert.Equal((0, $"{first}: mine version 1, {five.Terms.Count + 1} terms, sha256 {hash}\n"), (one.ExitCode, one.Output));
        Assert.Equal((1, $"{second}: extends: there is no rule set mine\n"), (alone.ExitCode, alone.Error));
        Assert.Equal((0, ""), (both.ExitCode, both.Error));
        Assert.Contains($"mine version 2, {five.Terms.Count + 1} terms", both.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_FileOfABuiltInIdWithOtherContent_IsAFault()
    {
        var call = await LabctlCall.Run("rule-sets", "validate", _subjects.File("taken.json", OwnRuleSet.Json("ctcae-5.0")));

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("id ctcae-5.0 is that of a set that comes with LabServer", call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("validate")]
    public async Task File_NotThere_IsUsage(string verb) => Assert.Equal(2, (await _subjects.Labctl($"rule-sets {verb} /no/such/file.json")).ExitCode);

    [Fact]
    public async Task Show_UnknownSet_Fails() => await _subjects.Fails("rule-sets show none", "RULE_SET_NOT_FOUND", "none");
}
