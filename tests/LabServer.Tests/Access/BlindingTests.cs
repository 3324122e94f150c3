using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Tests.Support;
using Role = LabServer.Core.Access.Role;

namespace LabServer.Tests.Access;

/// <summary>Two servers whose data differ in arms alone: to who is blinded they say the same, byte for byte.</summary>
public sealed class BlindingTests : IAsyncLifetime
{
    private static readonly string[] ArmWords = ["MSC", "Placebo", "MSC-late"];

    private BlindedTwin _one = null!;
    private BlindedTwin _other = null!;

    public async Task InitializeAsync()
    {
        _one = await BlindedTwin.Start(["MSC", "Placebo"], ["MSC", "MSC", "Placebo", "Placebo", "MSC", "Placebo", "MSC", "Placebo"]);
        _other = await BlindedTwin.Start(["Placebo", "MSC"], ["Placebo", "MSC", "MSC", "MSC-late", "Placebo", "MSC", "Placebo", "MSC"]);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task EveryRpc_OfABlindedRole_GivesTheSameBytesWhateverTheArms()
    {
        var all = Rpc.All(_one.Server).ToDictionary(rpc => rpc.Name);
        var events = (await _one.Server.AdverseEvents.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = BlindedTwin.Study })).Events;
        var alerts = (await _one.Server.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = BlindedTwin.Study })).Alerts;
        var report = await _one.Server.Reports.GetReportAsync(new GetReportRequest { StudyId = BlindedTwin.Study });
        var cases = BlindedCases.All(
            events.First(found => found.Source == EventSource.Graded).EventId,
            events.First(found => found.Source == EventSource.Reported).EventId,
            alerts[0].AlertId,
            report.Files[0].Name);
        foreach (var download in cases.Select(entry => entry.Request).OfType<DownloadReportRequest>())
        {
            download.ReportId = report.Report.ReportId;
        }

        var expected = all.Values
            .Where(rpc => RolePermissions.Roles.Any(role => role != Role.Admin && RolePermissions.Has(role, rpc.Needs)))
            .Select(rpc => rpc.Name)
            .Except(BlindedCases.Left)
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, cases.Select(entry => entry.Rpc).Distinct().Order(StringComparer.Ordinal));

        var (logOfOne, logOfOther) = (_one.Server.Log.Count, _other.Server.Log.Count);
        var answered = 0;
        foreach (var (name, request) in cases)
        {
            foreach (var role in RolePermissions.Roles.Where(role => role != Role.Admin && RolePermissions.Has(role, all[name].Needs)))
            {
                // A watch goes on for ever: what it has shown of the past is enough.
                var atMost = name == "WatchAdverseEvents" ? events.Count : int.MaxValue;
                var one = await all[name].Call(_one.Server, _one.KeyOf(role), request, atMost);
                var other = await all[name].Call(_other.Server, _other.KeyOf(role), request, atMost);

                Assert.True(one.Text == other.Text, $"{role} {name} {request}:\n{Readable(one)}\n--- and ---\n{Readable(other)}");
                answered += one.Messages.Count;
                var shown = Readable(one);
                // A caller is told what it has said itself; the names of arms in its request are its own.
                if (!ArmWords.Any(word => request.ToString()!.Contains(word, StringComparison.Ordinal)))
                {
                    Assert.All(ArmWords, word => Assert.False(shown.Contains(word, StringComparison.Ordinal), $"{role} {name} shows {word}"));
                }
            }
        }

        Assert.True(answered > 300, $"{answered} messages");
        // What the server logs of a blinded caller's calls is read by people who are blinded too.
        var (logged, loggedOther) = (new List<string>(), new List<string>());
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Eventually.Bound && (logged.Count < answered || !logged.SequenceEqual(loggedOther)); await Task.Yield())
        {
            (logged, loggedOther) = (Logged(_one, logOfOne), Logged(_other, logOfOther));
        }

        Assert.True(logged.Count >= answered, $"{logged.Count} entries of {answered} answers");
        Assert.Equal("\n", $"{string.Join(" | ", loggedOther.Except(logged))}\n{string.Join(" | ", logged.Except(loggedOther))}");
        Assert.Equal(loggedOther, logged);
    }

    [Fact]
    public async Task AuditTrail_ReadByAnAuditor_SaysTheSameWhateverTheArms()
    {
        var (one, other) = (await Entries(_one), await Entries(_other));

        Assert.True(one.Count > 20, $"{one.Count} entries");
        Assert.Equal(one, other);
        Assert.All(ArmWords, word => Assert.DoesNotContain(one, entry => entry.ToString().Contains(word, StringComparison.Ordinal)));

        static async Task<List<AuditEntry>> Entries(BlindedTwin twin)
        {
            using var channel = twin.Server.OpenChannel(key: twin.KeyOf(Role.Auditor));
            var entries = (await new AuditService.AuditServiceClient(channel).ListAuditEntriesAsync(new ListAuditEntriesRequest { PageSize = 1000 })).Entries;
            foreach (var entry in entries)
            {
                // Salted: neither tells what was hashed.
                entry.Sha256 = entry.SealedSha256 = Google.Protobuf.ByteString.Empty;
            }

            // Ids of keys are random.
            return [.. entries.Where(entry => entry.Action != "KEY_CREATED")];
        }
    }

    [Fact]
    public async Task Arms_NamedByABlindedCaller_AreRefusedBeforeAnythingLooksForThem()
    {
        using var channel = _one.Server.OpenChannel(key: _one.KeyOf(Role.Statistician));
        var summaries = new SummariesService.SummariesServiceClient(channel);

        var there = await Ask("MSC");
        var nowhere = await Ask("NO-ARM");

        Assert.Equal(nowhere, there);

        async Task<string> Ask(string arm) => (await Refused.With(
            StatusCode.PermissionDenied, "BLINDED",
            summaries.SummarizeAdverseEventsAsync(new SummarizeAdverseEventsRequest { StudyId = BlindedTwin.Study, RuleSetId = "ctcae-5.0", Arms = { arm } }))).Message;
    }

    [Fact]
    public async Task Table_OfABlindedCaller_HasOneArmWithTheTotals()
    {
        using var channel = _one.Server.OpenChannel(key: _one.KeyOf(Role.SafetyOfficer));
        var request = new SummarizeAdverseEventsRequest { StudyId = BlindedTwin.Study, RuleSetId = "ctcae-5.0" };

        var blinded = await new SummariesService.SummariesServiceClient(channel).SummarizeAdverseEventsAsync(request);
        var full = await _one.Server.Summaries.SummarizeAdverseEventsAsync(request);

        var arm = Assert.Single(blinded.Arms);
        Assert.Equal(("All subjects", 7), (arm.Arm, arm.Subjects));
        Assert.Equal(2, full.Arms.Count);
        Assert.Equal(full.Terms.Select(term => (term.Term, term.Total)), blinded.Terms.Select(term => (term.Term, term.Total)));
    }

    [Fact]
    public async Task Statistician_GrantedToSeeArms_SeesWhatTheAdministratorSees()
    {
        using var channel = _one.Server.OpenChannel(key: _one.UnblindedKey);
        var request = new SummarizeAdverseEventsRequest { StudyId = BlindedTwin.Study, RuleSetId = "ctcae-5.0", Arms = { "MSC", "Placebo" }, CompareArms = true };

        var granted = await new SummariesService.SummariesServiceClient(channel).SummarizeAdverseEventsAsync(request);
        var doses = await new StudiesService.StudiesServiceClient(channel).ListDosesAsync(new ListDosesRequest { StudyId = BlindedTwin.Study });

        Assert.Equal(await _one.Server.Summaries.SummarizeAdverseEventsAsync(request), granted);
        Assert.Equal(["MSC", "Placebo"], doses.Doses.Select(dose => dose.Treatment).Distinct());
    }

    [Fact]
    public async Task ImportSubjects_ByABlindedCaller_LeavesArmsAsTheyAre()
    {
        using var channel = _one.Server.OpenChannel(key: _one.KeyOf(Role.StudyAdmin));

        await new StudiesService.StudiesServiceClient(channel).ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = BlindedTwin.Study,
            Subjects = { new Subject { SubjectId = "S0", Sex = Sex.Female, SiteId = "changed" } },
        });

        var subject = (await _one.Server.Studies.ListSubjectsAsync(new ListSubjectsRequest { StudyId = BlindedTwin.Study })).Subjects[0];
        Assert.Equal(("S0", "MSC", "MSC", "changed"), (subject.SubjectId, subject.Arm, subject.PlannedArm, subject.SiteId));
    }

    // In the order of their text, as calls overlap; and without what differs from server to server: folders, ports, random ids and durations.
    private static List<string> Logged(BlindedTwin twin, int after) =>
        [.. twin.Server.Log.Skip(after).Select(entry => Own(twin).Replace($"{entry.Level} {entry.Category} {entry.EventId} {entry.Message} {entry.Exception}", "…")).Order(StringComparer.Ordinal)];

    private static Regex Own(BlindedTwin twin) => new(
        $@"{Regex.Escape(twin.Server.DataFolder)}|\b\d+(\.\d+)? ?ms\b|\b[0-9a-f]{{32}}\b|\b0H[0-9A-Z:]+\b|:\d{{4,5}}\b|\b\d\d:\d\d:\d\d(\.\d+)?Z?\b");

    private static string Readable(Outcome outcome) =>
        $"{outcome.Code} {outcome.Reason} {outcome.Message} {outcome.Details}\n{string.Join('\n', outcome.Messages.Select(message => Encoding.UTF8.GetString(message)))}";
}
