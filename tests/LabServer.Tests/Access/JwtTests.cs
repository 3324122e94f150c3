using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

/// <summary>Tokens, made here byte by byte and not by the library that reads them.</summary>
public sealed class JwtTests(JwtServer jwt) : IClassFixture<JwtServer>
{
    private static readonly string[] TwoRoles = ["auditor", "statistician"];

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Token_OfTheIssuer_CallsAsItsSubject(string algorithm)
    {
        using var channel = jwt.Server.OpenChannel(key: jwt.Token(algorithm, Claims()));

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
        using var channel = jwt.Server.OpenChannel(key: jwt.Token(algorithm, Claims()));
        return await Record.ExceptionAsync(async () => await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest())) is null;
    }

    [Fact]
    public async Task Token_WithoutStudies_IsOfNone()
    {
        var claims = Claims();
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
        using var channel = jwt.Server.OpenChannel(key: Forged(how));

        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest()));
    }

    [Fact]
    public async Task Token_WhereNoneAreSet_IsRefused()
    {
        await using var server = await ServerFixture.Start();
        using var channel = server.OpenChannel(key: jwt.Token("RS256", Claims()));

        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest()));
    }

    private static Dictionary<string, object> Claims(params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = JwtServer.Issuer,
            ["aud"] = JwtServer.Audience,
            ["sub"] = "dr.a",
            ["exp"] = At(600),
            ["nbf"] = At(-600),
            ["labserver_role"] = "safety-officer",
            ["labserver_studies"] = new[] { "S1", "S2" },
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims.Add(name, value);
            }
        }

        return claims;
    }

    private static long At(int seconds) => JwtServer.Now.AddSeconds(seconds).ToUnixTimeSeconds();

    private string Forged(string how)
    {
        var good = jwt.Token("RS256", Claims()).Split('.');
        return how switch
        {
            "alg none" => $"{JwtServer.Part(new { alg = "none", typ = "JWT" })}.{good[1]}.",
            "alg None, signature left" => $"{JwtServer.Part(new { alg = "None", typ = "JWT" })}.{good[1]}.{good[2]}",
            "signed by another key" => jwt.Token("other", Claims()),
            "signed with the public key as secret" => jwt.Token("HS256", Claims()),
            "payload changed" => $"{good[0]}.{JwtServer.Part(Claims(("sub", "dr.b")))}.{good[2]}",
            "signature cut" => $"{good[0]}.{good[1]}.{good[2][..^8]}",
            "another issuer" => jwt.Token("RS256", Claims(("iss", "https://elsewhere.example"))),
            "another audience" => jwt.Token("RS256", Claims(("aud", "another"))),
            "expired" => jwt.Token("RS256", Claims(("exp", At(-61)))),
            "not yet" => jwt.Token("RS256", Claims(("nbf", At(120)))),
            "no expiry" => jwt.Token("RS256", Claims(("exp", null))),
            "no subject" => jwt.Token("RS256", Claims(("sub", null))),
            "role admin" => jwt.Token("RS256", Claims(("labserver_role", "admin"))),
            "no role" => jwt.Token("RS256", Claims(("labserver_role", null))),
            "two roles" => jwt.Token("RS256", Claims(("labserver_role", TwoRoles))),
            _ => jwt.Token("RS256", Claims(("labserver_role", "laboratory"))),
        };
    }
}
