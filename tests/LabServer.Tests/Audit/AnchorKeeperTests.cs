using LabServer.Api.V1;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;
using Anchor = LabServer.Core.Audit.AuditAnchor;

namespace LabServer.Tests.Audit;

public sealed class AnchorKeeperTests
{
    [Fact]
    public async Task Anchor_OfARunningAndAStoppedServer_IsTheEndOfTheTrail()
    {
        await using var server = await ServerFixture.Start();
        await Trial.Create(server);
        var end = (await Client(server).GetAuditAnchorAsync(new GetAuditAnchorRequest())).Anchor;

        await Eventually.True(() => Read(server)?.Hash == end.Sha256, "the anchor file has the last entry");
        await Trial.Create(server);
        await server.StopServer();

        Assert.Equal(end.Number + 1, Read(server)!.Number);
        await server.StartServer();
        Assert.DoesNotContain(server.Log, entry => entry.Message.Contains("anchor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_TrailWasCutOff_SaysSoKeepsTheAnchorAndPutsItOnTheTrail()
    {
        await using var server = await ServerFixture.Start();
        await Trial.Create(server);
        await server.StopServer();
        var kept = Read(server)!;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "labserver.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE entry_number = (SELECT MAX(entry_number) FROM audit_entry)";
            await command.ExecuteNonQueryAsync();
        }

        server.ExpectError(entry => entry.Message.Contains("not the one of its anchor", StringComparison.Ordinal));
        await server.StartServer();

        Assert.Contains(server.Log, entry => entry.Message.Contains("not the one of its anchor", StringComparison.Ordinal));
        var entry = (await Client(server).ListAuditEntriesAsync(new ListAuditEntriesRequest { Action = "ANCHOR_MISMATCHED" })).Entries.Single();
        Assert.Contains(kept.Hash, entry.Before, StringComparison.Ordinal);
        Assert.Equal(kept, Anchor.Read((await File.ReadAllTextAsync(Path.Combine(server.DataFolder, $"audit.anchor.before-{kept.Number}"))).Trim()));
    }

    private static AuditService.AuditServiceClient Client(ServerFixture server) => new(server.Channel);

    private static Anchor? Read(ServerFixture server)
    {
        var path = Path.Combine(server.DataFolder, "audit.anchor");
        return File.Exists(path) ? Anchor.Read(File.ReadAllText(path).Trim()) : null;
    }
}
