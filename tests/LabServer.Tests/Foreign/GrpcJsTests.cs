using LabServer.Tests.Support;

namespace LabServer.Tests.Foreign;

/// <summary>The wire as another language sees it: <c>tests/foreign</c>, on @grpc/grpc-js and the .proto files alone.</summary>
public sealed class GrpcJsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [ForeignClientFact]
    public void GrpcJs_EveryCheckOfTheForeignClient_Holds()
    {
        var run = ForeignClient.Run(server.GrpcAddress.ToString(), ServerFixture.KeyFileOf(server.GrpcAddress.ToString())!);

        Assert.True(run.ExitCode == 0, $"Exit code {run.ExitCode}:\n{run.Output}");
        // The last line of TAP is the plan: without it the client did not come to its end.
        Assert.Matches(@"\n1\.\.\d+$", run.Output);
    }
}
