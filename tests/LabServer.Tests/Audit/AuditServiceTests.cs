using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Tests.Audit;

public sealed class AuditServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private AuditService.AuditServiceClient Audit => new(server.Channel);

    [Fact]
    public async Task List_OfAStudy_IsPagedNewestFirstAndFiltered()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Register("02");
        var request = new ListAuditEntriesRequest { StudyId = trial.StudyId, PageSize = 2 };

        var first = await Audit.ListAuditEntriesAsync(request);
        var second = await Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest(request) { PageToken = first.NextPageToken });

        Assert.Equal(["02", "01"], first.Entries.Select(entry => entry.Target));
        Assert.Equal(["STUDY_CREATED"], second.Entries.Select(entry => entry.Action));
        Assert.Equal("", second.NextPageToken);
        var registered = await Audit.ListAuditEntriesAsync(
            new ListAuditEntriesRequest { StudyId = trial.StudyId, Action = "SUBJECT_REGISTERED", Caller = "admin", From = first.Entries[0].At });
        Assert.Contains("02", registered.Entries.Select(entry => entry.Target));
        Assert.Empty((await Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest(request) { To = second.Entries[0].At })).Entries);
    }

    [Fact]
    public async Task List_ArmsOfSubjects_AreThereForTheAdministratorAlone()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01", arm: "Verum-11");
        var request = new ListAuditEntriesRequest { StudyId = trial.StudyId };

        var auditor = (await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "auditor-of-arms", Role = Role.Auditor })).Text;

        var unblinded = await Audit.ListAuditEntriesAsync(request);
        var blinded = await Audit.ListAuditEntriesAsync(request, ServerFixture.Key(auditor));

        Assert.DoesNotContain("Verum-11", blinded.ToString(), StringComparison.Ordinal);
        Assert.Contains("Verum-11", unblinded.Entries[0].SealedAfter, StringComparison.Ordinal);
        Assert.Equal(unblinded.Entries.Select(entry => entry.Sha256), blinded.Entries.Select(entry => entry.Sha256));
    }

    [Fact]
    public async Task List_Exports_SayWhetherArmsHaveLeft()
    {
        var trial = await Trial.Create(server);
        var officer = (await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "blinded-exporter", Role = Role.SafetyOfficer })).Text;
        var request = new ExportDatasetRequest { StudyId = trial.StudyId, Dataset = Dataset.Lb };
        await All(trial.Summaries.ExportDataset(request));
        await All(new SummariesService.SummariesServiceClient(server.OpenKeylessChannel()).ExportDataset(request, ServerFixture.Key(officer)));

        var listed = await Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { StudyId = trial.StudyId, Action = "DATASET_EXPORTED" });

        Assert.Equal(["blinded-exporter false", "admin true"], listed.Entries.Select(entry => $"{entry.Caller} {(entry.After.Contains("\"arms\":true", StringComparison.Ordinal) ? "true" : "false")}"));
    }

    [Fact]
    public async Task List_OfAnAuditorOfOneStudy_HasItsEntriesAlone()
    {
        var (own, other) = (await Trial.Create(server), await Trial.Create(server));
        var key = ServerFixture.Key((await server.Access.CreateKeyAsync(
            new CreateKeyRequest { Name = "auditor-of-one", Role = Role.Auditor, Studies = { own.StudyId } })).Text);

        var all = await Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 1_000 }, key);

        Assert.Equal([own.StudyId], all.Entries.Select(entry => entry.StudyId).Distinct());
        await Refused.With(
            StatusCode.NotFound, "STUDY_NOT_FOUND", Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { StudyId = other.StudyId }, key));
        await Refused.With(StatusCode.PermissionDenied, "PERMISSION_MISSING", Audit.GetAuditAnchorAsync(new GetAuditAnchorRequest(), key));
        await Refused.With(
            StatusCode.PermissionDenied, "PERMISSION_MISSING", () => All(Audit.ExportAuditTrail(new ExportAuditTrailRequest(), key)));
        await Refused.With(
            StatusCode.PermissionDenied, "PERMISSION_MISSING", () => All(Audit.VerifyAuditTrail(new VerifyAuditTrailRequest(), key)));
    }

    [Fact]
    public async Task List_UnknownFilter_IsRefused()
    {
        await Refused.With(StatusCode.InvalidArgument, "FILTER_UNKNOWN", Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { Action = "NOTHING_DONE" }));
        await Refused.With(
            StatusCode.InvalidArgument, "FILTER_INVALID", Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { From = new Timestamp { Nanos = -1 } }));
        await Refused.With(
            StatusCode.InvalidArgument, "PAGE_TOKEN_MALFORMED", Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { PageToken = "x" }));
        Assert.Equal(
            StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(async () => await Audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { StudyId = "none" }))).StatusCode);
    }

    [Fact]
    public async Task Verify_SoundTrail_EndsWhereTheAnchorSays()
    {
        await Trial.Create(server);
        var anchor = (await Audit.GetAuditAnchorAsync(new GetAuditAnchorRequest())).Anchor;

        var parts = await All(Audit.VerifyAuditTrail(new VerifyAuditTrailRequest { Anchor = anchor, Results = true }));

        Assert.Empty(parts.SelectMany(part => part.Faults));
        Assert.True(parts[^1].End.Number >= anchor.Number);
        Assert.Equal(parts[^1].TotalEntries, parts[^1].Entries);
    }

    [Fact]
    public async Task Verify_AnchorOfALongerOrOtherTrail_IsAFault()
    {
        var anchor = (await Audit.GetAuditAnchorAsync(new GetAuditAnchorRequest())).Anchor;
        var longer = new AuditAnchor(anchor) { Number = anchor.Number + 1_000 };
        var other = new AuditAnchor(anchor) { Sha256 = new string('0', 64) };

        Assert.Equal(["AUDIT_TRAIL_TRUNCATED"], (await All(Audit.VerifyAuditTrail(new VerifyAuditTrailRequest { Anchor = longer })))[^1].Faults.Select(fault => fault.Code));
        Assert.Equal(["AUDIT_ANCHOR_MISMATCH"], (await All(Audit.VerifyAuditTrail(new VerifyAuditTrailRequest { Anchor = other })))[^1].Faults.Select(fault => fault.Code));
        await Refused.With(
            StatusCode.InvalidArgument, "ANCHOR_MALFORMED",
            () => All(Audit.VerifyAuditTrail(new VerifyAuditTrailRequest { Anchor = new AuditAnchor { Number = 1, Sha256 = "x" } })));
    }

    [Fact]
    public async Task Verify_EntryPutInBeforeTheFirst_IsFound()
    {
        await using var own = await ServerFixture.Start();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(own.DataFolder, "labserver.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                DROP TRIGGER audit_entry_in_order;
                INSERT INTO audit_entry
                SELECT 0, at_us, clock_us, caller, action, study_id, target, before_json, after_json, sealed_before, sealed_after, reason, salt, sealed_hash, hash
                FROM audit_entry WHERE entry_number = 1
                """;
            await command.ExecuteNonQueryAsync();
        }

        var audit = new AuditService.AuditServiceClient(own.Channel);
        var parts = await All(audit.VerifyAuditTrail(new VerifyAuditTrailRequest()));

        // It is shown like any other, so it must be told.
        Assert.Contains((await audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 1_000 })).Entries, entry => entry.Number == 0);
        Assert.Contains(parts.SelectMany(part => part.Faults), fault => fault is { Number: 0, Code: "AUDIT_ENTRY_MISSING" });
    }

    [Fact]
    public async Task Export_OfEverything_IsInOrderAndItselfOnTheTrail()
    {
        var entries = (await All(Audit.ExportAuditTrail(new ExportAuditTrailRequest { Reason = "inspection" }))).SelectMany(part => part.Entries).ToList();

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Number));
        Assert.Contains(entries, entry => entry is { Action: "TRAIL_EXPORTED", Reason: "inspection" });
        var rest = (await All(Audit.ExportAuditTrail(new ExportAuditTrailRequest { After = entries.Count }))).SelectMany(part => part.Entries);
        Assert.Equal(entries.Count + 1, rest.First().Number);
        await Refused.With(StatusCode.InvalidArgument, "EXPORT_INVALID", () => All(Audit.ExportAuditTrail(new ExportAuditTrailRequest { After = -1 })));
        await Refused.With(
            StatusCode.InvalidArgument, "REASON_MALFORMED", () => All(Audit.ExportAuditTrail(new ExportAuditTrailRequest { Reason = "a\nb" })));
    }

    [Fact]
    public async Task Change_WithAReasonThatIsNone_IsRefusedAndChangesNothing()
    {
        var trial = await Trial.Create(server);

        await Refused.With(StatusCode.InvalidArgument, "REASON_MALFORMED", server.Studies.ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = trial.StudyId,
            Subjects = { new Subject { SubjectId = "01" } },
            Reason = new string('x', 1_001),
        }));

        Assert.Equal(0, (await trial.Counts()).Subjects);
    }

    private static async Task<List<T>> All<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            var parts = new List<T>();
            await foreach (var part in call.ResponseStream.ReadAllAsync())
            {
                parts.Add(part);
            }

            return parts;
        }
    }
}
