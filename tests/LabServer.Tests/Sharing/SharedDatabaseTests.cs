using LabServer.Api.V1;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LabServer.Tests.Sharing;

/// <summary>What a server does beside its work where others write to its database.</summary>
public sealed class SharedDatabaseTests
{
    [Fact]
    public async Task Look_SignOfLifeWaitsForTheWriter_DoesNotWaitWithIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "shared.db");
        await using var server = await ServerFixture.Start(new Dictionary<string, string?>
        {
            ["LabServer:Storage:SharedFile"] = file,
            ["LabServer:Storage:ServerLease"] = "00:00:02",
        });
        await using var other = Database.Open(new SqliteDialect(file, isShared: true), TimeProvider.System, _ => { });
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "revoked", Role = Role.Auditor });
        var (keys, writer) = (server.Services.GetRequiredService<ApiKeyStore>(), server.Services.GetRequiredService<Database>().Writer);
        // Behind the commit, so that the other server can write.
        await using var busy = await BusyWriter.Of(writer, isCommitted: true);
        await Eventually.True(() => writer.Waiting > 0, "the sign of life waits");

        await new ApiKeyStore(other, TimeProvider.System).Revoke("revoked", new Author("admin"), CancellationToken.None);

        await Eventually.True(() => !keys.IsValid(made.Key.KeyId), "the key is known to be revoked");
    }

    [Fact]
    public async Task Stop_NoTimeIsLeft_LeavesTheLeaseToRunOutAndSaysSo()
    {
        await using var server = await ServerFixture.Start();
        var shared = server.Services.GetServices<IHostedService>().OfType<SharedDatabase>().Single();

        await shared.StopAsync(new CancellationToken(canceled: true));

        Assert.Single(server.Log, entry => entry.EventId == 1103);
    }
}
