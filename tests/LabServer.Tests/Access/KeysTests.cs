using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

public sealed class KeysTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task CreateKey_Officer_CallsByItsNameWithItsPermissions()
    {
        var trial = await Trial.Create(server);
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "dr.a", Role = Role.SafetyOfficer, Studies = { trial.StudyId } });
        using var channel = server.OpenChannel(key: made.Text);

        var caller = await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest());

        Assert.Equal(("dr.a", Role.SafetyOfficer, false, false), (caller.Name, caller.Role, caller.AllStudies, caller.AllUnblinded));
        Assert.Equal([trial.StudyId], caller.Studies);
        Assert.Contains("ReviewEvents", caller.Permissions);
        Assert.DoesNotContain("ChangeSubjects", caller.Permissions);
        Assert.Matches("^lsk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", made.Text);
    }

    [Fact]
    public async Task ListKeys_AfterUse_ShowsLastUseAndNoText()
    {
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "used", Role = Role.Auditor });
        using var channel = server.OpenChannel(key: made.Text);
        var access = new AccessService.AccessServiceClient(channel);
        Assert.Null(made.Key.LastUsedAt);

        var listed = Assert.Single((await access.ListKeysAsync(new ListKeysRequest())).Keys, key => key.Name == "used");

        Assert.NotNull(listed.LastUsedAt);
        Assert.True(listed.Valid);
        Assert.Equal("admin", listed.CreatedBy);
        Assert.DoesNotContain(made.Text.Split('_', 3)[2], listed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RevokeKey_OfACallThatGoesOn_EndsItAtItsNextMessage()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "watcher", Role = Role.SafetyOfficer });
        using var channel = server.OpenChannel(key: made.Text);
        using var watch = new AdverseEventsService.AdverseEventsServiceClient(channel).WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId });
        await watch.ResponseHeadersAsync;

        var revoked = await server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "watcher" });
        await trial.Submit(Trial.Alt("1", "900"));
        await trial.Grade();

        Assert.False(revoked.Key.Valid);
        Assert.Equal("admin", revoked.Key.RevokedBy);
        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", () => watch.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Keys_AfterARestart_AreTheSame()
    {
        await using var own = await ServerFixture.Start();
        var made = await own.Access.CreateKeyAsync(new CreateKeyRequest { Name = "lab", Role = Role.Laboratory, Laboratories = { "CENTRAL" } });
        await own.Access.CreateKeyAsync(new CreateKeyRequest { Name = "gone", Role = Role.Auditor });
        await own.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "gone" });
        var before = (await own.Access.ListKeysAsync(new ListKeysRequest())).Keys;

        await own.StopServer();
        await own.StartServer();

        Assert.Equal(before, (await own.Access.ListKeysAsync(new ListKeysRequest())).Keys);
        using var channel = own.OpenChannel(key: made.Text);
        Assert.Equal(["CENTRAL"], (await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest())).Laboratories);
    }

    [Fact]
    public async Task CreateKey_NameOfARevokedKey_AlreadyExists()
    {
        await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "once", Role = Role.Auditor });
        await server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "once" });

        await Refused.With(
            StatusCode.AlreadyExists, "KEY_ALREADY_EXISTS", server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "once", Role = Role.Auditor }));
    }

    [Fact]
    public async Task CreateKey_ForAStudyThatThereIsNot_IsNotFound() => await Refused.With(
        StatusCode.NotFound, "STUDY_NOT_FOUND",
        server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "nowhere", Role = Role.Auditor, Studies = { "NOWHERE" } }));

    [Fact]
    public async Task CreateKey_EverythingWrong_NamesEveryField()
    {
        var fault = await Refused.With(StatusCode.InvalidArgument, "KEY_INVALID", server.Access.CreateKeyAsync(new CreateKeyRequest
        {
            Name = "jwt:me",
            Role = Role.Auditor,
            Laboratories = { "X" },
            UnblindedStudies = { "S" },
            ExpiresAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch),
        }));

        Assert.Equal(["name", "laboratories", "unblinded_studies", "reason", "expires_at"], fault.Fields());
    }

    [Fact]
    public async Task RevokeKey_WithAReason_HasItOnTheTrail()
    {
        await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "left", Role = Role.Auditor });

        await server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "left", Reason = "has left the company" });

        var entries = await new AuditService.AuditServiceClient(server.Channel).ListAuditEntriesAsync(new ListAuditEntriesRequest { Action = "KEY_REVOKED" });
        Assert.Equal(("left", "has left the company"), (entries.Entries[0].Target, entries.Entries[0].Reason));
        await Refused.With(
            StatusCode.InvalidArgument, "REASON_MALFORMED", server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "left", Reason = "a\nb" }));
    }

    [Fact]
    public async Task RevokeKey_Unknown_IsNotFound() => await Refused.With(
        StatusCode.NotFound, "KEY_NOT_FOUND", server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "nobody" }));

    [Fact]
    public async Task RevokeKey_WithoutAName_IsInvalid() => await Refused.With(
        StatusCode.InvalidArgument, "NAME_MISSING", server.Access.RevokeKeyAsync(new RevokeKeyRequest()));

    [Fact]
    public async Task UnblindSubject_ByABlindedOfficer_ShowsThatSubjectAlone()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01", "B");
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "emergency", Role = Role.SafetyOfficer });
        using var channel = server.OpenChannel(key: made.Text);
        var access = new AccessService.AccessServiceClient(channel);

        var shown = await access.UnblindSubjectAsync(new UnblindSubjectRequest { StudyId = trial.StudyId, SubjectId = "01", Reason = "severe reaction" });

        Assert.Equal(("01", "B", "B"), (shown.SubjectId, shown.Arm, shown.PlannedArm));
        var listed = await new StudiesService.StudiesServiceClient(channel).ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId });
        Assert.Equal("", Assert.Single(listed.Subjects).Arm);
        await Refused.With(
            StatusCode.NotFound, "SUBJECT_NOT_FOUND",
            access.UnblindSubjectAsync(new UnblindSubjectRequest { StudyId = trial.StudyId, SubjectId = "02", Reason = "severe reaction" }));
        var fault = await Refused.With(
            StatusCode.InvalidArgument, "UNBLINDING_INVALID", access.UnblindSubjectAsync(new UnblindSubjectRequest { StudyId = trial.StudyId, Reason = " " }));
        Assert.Equal(["subject_id", "reason"], fault.Fields());
    }
}
