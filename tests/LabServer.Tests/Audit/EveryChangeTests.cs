using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Audit;

/// <summary>No change without an entry: every RPC either reads, or is called here and must leave one.</summary>
public sealed class EveryChangeTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Methods_OfTheApi_AreReadsOrChangesThatAreTried()
    {
        var changes = new EveryChange(server, await Trial.Create(server)).Changes.Select(change => change.Method);

        Assert.True(EveryChange.AllMethods.Count > 50, $"Only {EveryChange.AllMethods.Count} methods were found.");
        Assert.Equal(EveryChange.AllMethods.Order(StringComparer.Ordinal), EveryChange.Reads.Concat(changes).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Change_ByEachMethodThatMakesOne_LeavesItsEntryAndNoReadDoes()
    {
        var trial = await Trial.Create(server);
        var trail = server.Services.GetRequiredService<AuditTrail>();
        var audit = new AuditService.AuditServiceClient(server.Channel);
        foreach (var (method, action, call) in new EveryChange(server, trial).Changes)
        {
            var before = trail.Anchor().Number;
            await call();

            var left = trail.Read(before, trail.Anchor().Number, ArmSight.Blinded).ToList();
            Assert.True(
                left.Any(stored => stored.Entry.Action == action && stored.Entry.Caller == "admin"),
                $"{method} left no {action}, but {string.Join(", ", left.Select(stored => stored.Entry.Action))}.");
        }

        var end = trail.Anchor().Number;
        await server.Studies.ListStudiesAsync(new ListStudiesRequest());
        await audit.ListAuditEntriesAsync(new ListAuditEntriesRequest());
        Assert.Equal(end, trail.Anchor().Number);

        var actions = trail.Read(0, end, ArmSight.Blinded).Select(stored => stored.Entry.Action).ToHashSet();
        Assert.Superset(new HashSet<string> { AuditAction.GradesChanged, AuditAction.JobEnded, AuditAction.ReportMade }, actions);
        var check = new AuditCheck(trail.Anchor());
        Assert.Empty(trail.Read(0, end, ArmSight.Unblinded).SelectMany(stored => check.Next(stored).Concat(trail.CheckResults(stored))).ToList());
    }
}
