using System.Diagnostics;
using System.Text;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Role = LabServer.Core.Access.Role;

namespace LabServer.Tests.Access;

/// <summary>Every RPC against every way of not being allowed to call it.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class MatrixTests(KeyedServer keyed) : IClassFixture<KeyedServer>
{
    private readonly ServerFixture _server = keyed.Server;
    private readonly IReadOnlyList<Rpc> _all = Rpc.All(keyed.Server);

    [Fact]
    public void Endpoints_EveryOne_HasAPolicy()
    {
        var without = Rpc.EndpointsOf(_server)
            .OfType<RouteEndpoint>()
            // What gRPC maps for methods and services that there are not.
            .Where(endpoint => endpoint.DisplayName?.Contains("Unimplemented", StringComparison.Ordinal) != true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedsAttribute>() is null && endpoint.Metadata.GetMetadata<OpenAttribute>() is null)
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(without);
        Assert.True(_all.Count >= 62, $"{_all.Count} RPCs");
    }

    [Theory]
    [InlineData("none", "KEY_MISSING")]
    [InlineData("unknown", "KEY_UNKNOWN")]
    [InlineData("secret of another", "KEY_UNKNOWN")]
    [InlineData("revoked", "KEY_UNKNOWN")]
    [InlineData("expired", "KEY_UNKNOWN")]
    public async Task EveryRpc_WithoutAKeyThatIsTaken_IsUnauthenticated(string what, string reason)
    {
        var key = what switch
        {
            "none" => null,
            "unknown" => "lsk_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "secret of another" => $"lsk_{keyed.OfficerText.Split('_')[1]}_{keyed.StatisticianText.Split('_', 3)[2]}",
            "revoked" => keyed.RevokedText,
            _ => keyed.ExpiredText,
        };
        foreach (var rpc in _all)
        {
            var outcome = await rpc.Call(_server, key, rpc.RequestOf(KeyedServer.StudyA) ?? rpc.Request());
            Assert.Equal((rpc, StatusCode.Unauthenticated, reason, 0), (rpc, outcome.Code, outcome.Reason, outcome.Messages.Count));
        }

        Battery.Report($"every RPC, key: {what}", $"{_all.Count} RPCs, all UNAUTHENTICATED, {reason}");
    }

    [Theory]
    [InlineData("laboratory")]
    [InlineData("safety-officer")]
    [InlineData("statistician")]
    [InlineData("study-admin")]
    [InlineData("auditor")]
    [InlineData("monitor")]
    public async Task EveryRpc_OfARole_IsRefusedExactlyWhereTheRoleHasNotThePermission(string word)
    {
        var role = RolePermissions.Read(word)!.Value;
        var key = keyed.OfRole(role);
        foreach (var rpc in _all)
        {
            var outcome = await rpc.Call(_server, key, rpc.RequestOf("NO-STUDY") ?? rpc.Request());
            var allowed = RolePermissions.Has(role, rpc.Needs);
            Assert.True(
                allowed ? outcome.Reason is not ("PERMISSION_MISSING" or "KEY_UNKNOWN" or "KEY_MISSING") : (outcome.Code, outcome.Reason) == (StatusCode.PermissionDenied, "PERMISSION_MISSING"),
                $"{rpc} needs {rpc.Needs}, {role}: {outcome.Text}");
        }
    }

    [Fact]
    public async Task EveryRpcOfAStudy_OfAnotherStudyThanTheKeys_AnswersAsIfThereWereNone()
    {
        var checkedRpcs = 0;
        foreach (var rpc in _all.Where(rpc => rpc.RequestOf("x") is not null && !RolePermissions.IsOfAllStudies(rpc.Needs)))
        {
            var role = new[] { Role.SafetyOfficer, Role.StudyAdmin, Role.Laboratory, Role.Auditor }
                .First(role => RolePermissions.Has(role, rpc.Needs));
            var key = keyed.OfRoleLimitedToA(role);

            var forbidden = await rpc.Call(_server, key, rpc.RequestOf(KeyedServer.StudyB)!);
            var absent = await rpc.Call(_server, key, rpc.RequestOf(KeyedServer.Nowhere)!);

            Assert.Equal(
                (rpc, Named(absent, KeyedServer.Nowhere)), (rpc, Named(forbidden, KeyedServer.StudyB)));
            if (rpc.Name != "ListJobRuns")
            {
                Assert.Equal((rpc, StatusCode.NotFound, "STUDY_NOT_FOUND"), (rpc, forbidden.Code, forbidden.Reason));
            }

            checkedRpcs++;
        }

        Assert.True(checkedRpcs >= 45, $"{checkedRpcs} RPCs");
        Battery.Report("every RPC, another study", $"{checkedRpcs} RPCs of a study, each the same answer for forbidden and absent");
    }

    [Fact]
    public async Task EveryRpcOfALaboratory_OfAnotherLaboratoryThanTheKeys_AnswersAsIfThereWereNone()
    {
        var key = keyed.OfRole(Role.Laboratory);
        var checkedRpcs = 0;
        foreach (var rpc in _all.Where(rpc => RolePermissions.Has(Role.Laboratory, rpc.Needs) && rpc.Method.InputType.FindFieldByName("study_id") is not null))
        {
            var outcomes = new List<string>();
            // One that there is with a result that there is, and one and a result that there are not, as long.
            foreach (var (laboratory, id) in new[] { (KeyedServer.OtherLaboratory, KeyedServer.ResultOfOther), ("NO-ONE", "NOONE-1") })
            {
                var request = rpc.RequestOf(KeyedServer.StudyA)!;
                rpc.Method.InputType.FindFieldByName("laboratory")?.Accessor.SetValue(request, laboratory);
                rpc.Method.InputType.FindFieldByName("source_result_id")?.Accessor.SetValue(request, id);
                var outcome = await rpc.Call(_server, key, request);
                outcomes.Add(Readable(outcome).Replace(id, "RESULT", StringComparison.Ordinal).Replace(laboratory, "LABORATORY", StringComparison.Ordinal));
            }

            Assert.Equal((rpc, outcomes[1]), (rpc, outcomes[0]));
            Assert.DoesNotContain(KeyedServer.OtherLaboratory, outcomes[0], StringComparison.Ordinal);
            checkedRpcs++;
        }

        Assert.True(checkedRpcs >= 6, $"{checkedRpcs} RPCs");
        Battery.Report("every RPC, another laboratory", $"{checkedRpcs} RPCs that laboratories may call, each the same answer for forbidden and absent");
    }

    [Fact]
    public async Task Study_OfAnotherKey_IsRefusedInTheTimeOfOneThatThereIsNot()
    {
        using var channel = _server.OpenChannel(key: keyed.OfRoleLimitedToA(Role.SafetyOfficer));
        var studies = new StudiesService.StudiesServiceClient(channel);
        var times = new Dictionary<string, List<double>> { [KeyedServer.StudyB] = [], [KeyedServer.Nowhere] = [] };
        for (var i = 0; i < Battery.Size(50, 5_000); i++)
        {
            foreach (var (study, taken) in times)
            {
                var start = Stopwatch.GetTimestamp();
                await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", studies.GetStudyAsync(new GetStudyRequest { StudyId = study }));
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        // Told and not asserted: the statements are the same by construction, and this machine has others to serve.
        Battery.Report(
            "time of a refused study", $"median of {times[KeyedServer.StudyB].Count} calls: {Median(KeyedServer.StudyB):F0} µs forbidden, {Median(KeyedServer.Nowhere):F0} µs absent");

        double Median(string study) => times[study].Order().ElementAt(times[study].Count / 2);
    }

    [Fact]
    public async Task Lists_OfAKeyLimitedToAStudy_HoldNothingOfAnother()
    {
        using var channel = _server.OpenChannel(key: keyed.OfRoleLimitedToA(Role.SafetyOfficer));
        var jobs = new JobsService.JobsServiceClient(channel);

        var studies = await new StudiesService.StudiesServiceClient(channel).ListStudiesAsync(new ListStudiesRequest { PageSize = 1 });
        var listed = await jobs.ListJobsAsync(new ListJobsRequest());
        var runs = await jobs.ListJobRunsAsync(new ListJobRunsRequest());

        Assert.Equal([KeyedServer.StudyA], studies.Studies.Select(study => study.StudyId));
        Assert.Equal([KeyedServer.StudyA], listed.Jobs.Select(job => job.StudyId).Distinct());
        Assert.Equal([KeyedServer.StudyA], runs.Runs.Select(run => run.StudyId).Distinct());
    }

    [Fact]
    public async Task JobRun_OfAnotherStudy_IsNotFoundAsOneThatThereIsNot()
    {
        using var channel = _server.OpenChannel(key: keyed.OfRoleLimitedToA(Role.SafetyOfficer));
        var jobs = new JobsService.JobsServiceClient(channel);

        var forbidden = await Refused.With(StatusCode.NotFound, "JOB_RUN_NOT_FOUND", jobs.GetJobRunAsync(new GetJobRunRequest { RunId = keyed.RunOfB }));
        var absent = await Refused.With(StatusCode.NotFound, "JOB_RUN_NOT_FOUND", jobs.GetJobRunAsync(new GetJobRunRequest { RunId = "R-none" }));

        Assert.Equal(absent.Message.Replace("R-none", keyed.RunOfB, StringComparison.Ordinal), forbidden.Message);
        using var watch = jobs.WatchJobRun(new WatchJobRunRequest { RunId = keyed.RunOfB });
        await Refused.With(StatusCode.NotFound, "JOB_RUN_NOT_FOUND", () => watch.ResponseStream.MoveNext(CancellationToken.None));
    }

    private static string Readable(Outcome outcome) =>
        $"{outcome.Code} {outcome.Reason} {outcome.Message}\n{string.Join('\n', outcome.Messages.Select(Encoding.UTF8.GetString))}";

    private static string Named(Outcome outcome, string study) => outcome.Text.Replace(study, "STUDY", StringComparison.Ordinal);
}
