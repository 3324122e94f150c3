using Dapper;
using Google.Protobuf;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>What was published is there after a restart, or the server says why it is not.</summary>
public sealed class PublishedRuleSetRestartTests
{
    [Fact]
    public async Task Restart_StudyUnderAPublishedSet_GoesOnUnderIt()
    {
        await using var server = await ServerFixture.Start();
        await server.Grading.PublishRuleSetAsync(new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json("own")) });
        var trial = await Trial.Create(server, "own");
        await trial.Register("01");

        await server.StopServer();
        await server.StartServer();
        await trial.Submit(Trial.Alt("r1", "30", "2021-02-27"), Trial.Alt("r2", "101", "2021-03-05"));
        await trial.Grade();

        Assert.Equal("ALT over the number", Assert.Single((await trial.Events.ListAdverseEventsAsync(
            new ListAdverseEventsRequest { StudyId = trial.StudyId })).Events).Term);
    }

    [Theory]
    [InlineData("UPDATE published_rule_set SET content = CAST(REPLACE(CAST(content AS TEXT), '100', '101') AS BLOB)", "its content is not what was published")]
    [InlineData("UPDATE published_rule_set SET content = CAST('{}' AS BLOB), sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'", "id is missing")]
    public async Task Start_PublishedSetCannotBeUsed_EndsWithOneAndOneLineThatSaysWhy(string change, string why)
    {
        using var folder = new TemporaryFolder();
        await using (var server = await ServerProcess.Start(folder.Path))
        {
            using var channel = server.OpenChannel();
            await new GradingService.GradingServiceClient(channel).PublishRuleSetAsync(
                new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json("own")) });
            Assert.Equal(0, await server.Stop());
        }

        using (var connection = new SqliteDialect(Path.Combine(folder.Path, "labserver.db")).OpenWriter())
        {
            connection.Execute(change);
        }

        var (exitCode, _, error) = await ServerProcess.Run(["--data", folder.Path, "--grpc-port", "0", "--http-port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Rule set own, published on this server, cannot be used by this program: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}
