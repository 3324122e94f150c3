using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Role = LabServer.Core.Access.Role;

namespace LabServer.Tests.Access;

/// <summary>Every RPC against every way of not being allowed to call it.</summary>
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
    }

    [Theory]
    [InlineData("laboratory")]
    [InlineData("safety-officer")]
    [InlineData("statistician")]
    [InlineData("study-admin")]
    [InlineData("auditor")]
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
            var role = new[] { Role.SafetyOfficer, Role.StudyAdmin, Role.Laboratory }
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

    private static string Named(Outcome outcome, string study) => outcome.Text.Replace(study, "STUDY", StringComparison.Ordinal);
}
