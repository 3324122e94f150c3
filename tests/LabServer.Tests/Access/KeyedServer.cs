using Google.Protobuf.WellKnownTypes;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Tests.Reports;
using LabServer.Tests.Support;
using Role = LabServer.Core.Access.Role;
using WireRole = LabServer.Api.V1.Role;

namespace LabServer.Tests.Access;

/// <summary>A server with two studies, each with a run of a job, and keys of every role: for all studies, and for the first alone.</summary>
public sealed class KeyedServer : IAsyncLifetime
{
    public const string OwnLaboratory = "CENTRAL";

    /// <summary>A laboratory of the first study that no key is for, and a result of it.</summary>
    public const string OtherLaboratory = "OTHER";

    /// <inheritdoc cref="OtherLaboratory"/>
    public const string ResultOfOther = "OTHER-1";

    private readonly Dictionary<(Role Role, bool Limited), string> _keys = [];

    public ServerFixture Server { get; private set; } = null!;

    public const string StudyA = "STUDY-A";

    public const string StudyB = "STUDY-B";

    /// <summary>A name as long as the others, of no study.</summary>
    public const string Nowhere = "STUDY-C";

    public string RunOfB { get; private set; } = "";

    public string RevokedText { get; private set; } = "";

    public string ExpiredText { get; private set; } = "";

    public string OfficerText => OfRole(Role.SafetyOfficer);

    public string StatisticianText => OfRole(Role.Statistician);

    /// <summary>Text of a key of all studies.</summary>
    internal string OfRole(Role role) => _keys[(role, false)];

    /// <summary>Text of a key of the first study alone.</summary>
    internal string OfRoleLimitedToA(Role role) => _keys[(role, true)];

    public async Task InitializeAsync()
    {
        var time = new ShiftedTime(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        Server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Limits:CallsPerSecond"] = "0", ["LabServer:Limits:RefusedKeysPerMinute"] = "0" }, time);
        foreach (var study in new[] { StudyA, StudyB })
        {
            await SmallTrial.Push(Server.Channel, study, subjects: 2, days: 2);
            RunOfB = (await ReportedTrial.MakeReport(Server, study)).RunId;
        }

        await Server.Ingestion.SubmitResultsAsync(new SubmitResultsRequest
        {
            StudyId = StudyA,
            Laboratory = OtherLaboratory,
            Results = { Trial.Alt(ResultOfOther, "30", subject: "0001"), Trial.Alt("held", "30", subject: "NOBODY"), Trial.Alt("bad", "", subject: "0001") },
        });
        foreach (var role in RolePermissions.Roles.Where(role => role != Role.Admin))
        {
            _keys[(role, false)] = (await Make(role)).Text;
            _keys[(role, true)] = (await Make(role, StudyA)).Text;
        }

        var revoked = await Make(Role.SafetyOfficer, name: "revoked");
        await Server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "revoked" });
        var expiring = await Make(Role.SafetyOfficer, name: "expired", expires: new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero));
        (RevokedText, ExpiredText) = (revoked.Text, expiring.Text);
        time.Set(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero));
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    private async Task<CreateKeyResponse> Make(Role role, string? study = null, string? name = null, DateTimeOffset? expires = null) =>
        await Server.Access.CreateKeyAsync(new CreateKeyRequest
        {
            Name = name ?? $"{role.Word()}{(study is null ? "" : "-limited")}",
            Role = (WireRole)role,
            Studies = { study is null ? [] : [study] },
            Laboratories = { role == Role.Laboratory ? [OwnLaboratory] : Array.Empty<string>() },
            ExpiresAt = expires is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        });
}
