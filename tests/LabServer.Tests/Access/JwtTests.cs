using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

/// <summary>Tokens, made here byte by byte and not by the library that reads them.</summary>
public sealed class JwtTests(JwtServer jwt) : IClassFixture<JwtServer>
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Token_OfTheIssuer_CallsAsItsSubject(string algorithm)
    {
        using var channel = jwt.Server.OpenChannel(key: jwt.Token(algorithm, JwtServer.Claims()));

        var caller = await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest());

        Assert.Equal(("jwt:dr.a", Role.SafetyOfficer, false, false), (caller.Name, caller.Role, caller.AllStudies, caller.AllUnblinded));
        Assert.Equal(["S1", "S2"], caller.Studies);
        Assert.Empty(caller.UnblindedStudies);
    }

    [Fact]
    public async Task Token_KeyOfTheIssuerReplaced_IsTakenByTheNewOneAloneWithoutARestart()
    {
        try
        {
            await jwt.SetFirstKey(isOther: true);

            await Eventually.True(async () => await IsTaken("other") && !await IsTaken("RS256"), "the new key is in force");
        }
        finally
        {
            await jwt.SetFirstKey(isOther: false);
            await Eventually.True(async () => await IsTaken("RS256") && !await IsTaken("other"), "the old key is in force again");
        }
    }

    private async Task<bool> IsTaken(string algorithm)
    {
        using var channel = jwt.Server.OpenChannel(key: jwt.Token(algorithm, JwtServer.Claims()));
        return await Record.ExceptionAsync(async () => await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest())) is null;
    }

    [Fact]
    public async Task Token_WithoutStudies_IsOfNone()
    {
        var claims = JwtServer.Claims();
        claims.Remove("labserver_studies");
        using var channel = jwt.Server.OpenChannel(key: jwt.Token("RS256", claims));

        var caller = await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest());

        Assert.False(caller.AllStudies);
        Assert.Empty(caller.Studies);
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("alg None, signature left")]
    [InlineData("signed by another key")]
    [InlineData("signed with the public key as secret")]
    [InlineData("payload changed")]
    [InlineData("signature cut")]
    [InlineData("another issuer")]
    [InlineData("another audience")]
    [InlineData("expired")]
    [InlineData("not yet")]
    [InlineData("no expiry")]
    [InlineData("no subject")]
    [InlineData("role admin")]
    [InlineData("no role")]
    [InlineData("two roles")]
    [InlineData("laboratory without laboratories")]
    public async Task Token_Forged_IsRefusedInTheWordsOfAWrongKey(string how)
    {
        using var channel = jwt.Server.OpenChannel(key: jwt.Forged(how));

        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest()));
    }

    [Fact]
    public async Task Token_WhereNoneAreSet_IsRefused()
    {
        await using var server = await ServerFixture.Start();
        using var channel = server.OpenChannel(key: jwt.Token("RS256", JwtServer.Claims()));

        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest()));
    }

    [Fact]
    [Trait(Battery.Name, Battery.Value)]
    public async Task EveryRpc_WithAForgedToken_IsUnauthenticated()
    {
        var all = Rpc.All(jwt.Server);
        string[] forgeries = ["alg none", "signed by another key", "signed with the public key as secret", "another issuer", "another audience", "expired"];
        foreach (var how in forgeries)
        {
            var token = jwt.Forged(how);
            foreach (var rpc in all)
            {
                var outcome = await rpc.Call(jwt.Server, token, rpc.RequestOf("S1") ?? rpc.Request());
                Assert.Equal((how, rpc, StatusCode.Unauthenticated, "KEY_UNKNOWN", 0), (how, rpc, outcome.Code, outcome.Reason, outcome.Messages.Count));
            }
        }

        Battery.Report("every RPC, forged tokens", $"{all.Count} RPCs × {forgeries.Length} forgeries (none, other key, HS256 with the public key, issuer, audience, expired), all UNAUTHENTICATED");
    }
}
