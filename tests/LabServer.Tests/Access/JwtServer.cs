using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

/// <summary>A server that believes an issuer with two keys, and the issuer.</summary>
public sealed class JwtServer : IAsyncLifetime, IDisposable
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "labserver";

    private static readonly string[] TwoRoles = ["auditor", "statistician"];

    private readonly TemporaryFolder _folder = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);
    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public ServerFixture Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var (rsa, ecdsa) = (Path.Combine(_folder.Path, "rsa.pem"), Path.Combine(_folder.Path, "ecdsa.pem"));
        await File.WriteAllTextAsync(rsa, _rsa.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(ecdsa, _ecdsa.ExportSubjectPublicKeyInfoPem());
        Server = await ServerFixture.Start(
            new Dictionary<string, string?>
            {
                ["LabServer:Access:Jwt:Issuer"] = Issuer,
                ["LabServer:Access:Jwt:Audience"] = Audience,
                ["LabServer:Access:Jwt:KeyFiles:0"] = rsa,
                ["LabServer:Access:Jwt:KeyFiles:1"] = ecdsa,
            },
            new StoppedTime(Now));
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public void Dispose()
    {
        _rsa.Dispose();
        _other.Dispose();
        _ecdsa.Dispose();
        _folder.Dispose();
    }

    /// <summary>A token with these claims.</summary>
    /// <param name="algorithm">RS256 or ES256 with the issuer's key; other: RS256 with one that is not; HS256 with its public key as the secret.</param>
    /// <param name="claims">What it says.</param>
    public string Token(string algorithm, IReadOnlyDictionary<string, object> claims)
    {
        var text = $"{Part(new { alg = algorithm == "other" ? "RS256" : algorithm, typ = "JWT" })}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = algorithm switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "ES256" => _ecdsa.SignData(bytes, HashAlgorithmName.SHA256),
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => _other.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Puts another key into the place of the issuer's first, and back.</summary>
    public Task SetFirstKey(bool isOther) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, "rsa.pem"), (isOther ? _other : _rsa).ExportSubjectPublicKeyInfoPem());

    /// <summary>A part of a token.</summary>
    public static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    /// <summary>What a good token says, with changes.</summary>
    public static Dictionary<string, object> Claims(params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
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

    private static long At(int seconds) => Now.AddSeconds(seconds).ToUnixTimeSeconds();

    /// <summary>A token that must not be taken.</summary>
    public string Forged(string how)
    {
        var good = Token("RS256", Claims()).Split('.');
        return how switch
        {
            "alg none" => $"{Part(new { alg = "none", typ = "JWT" })}.{good[1]}.",
            "alg None, signature left" => $"{Part(new { alg = "None", typ = "JWT" })}.{good[1]}.{good[2]}",
            "signed by another key" => Token("other", Claims()),
            "signed with the public key as secret" => Token("HS256", Claims()),
            "payload changed" => $"{good[0]}.{Part(Claims(("sub", "dr.b")))}.{good[2]}",
            "signature cut" => $"{good[0]}.{good[1]}.{good[2][..^8]}",
            "another issuer" => Token("RS256", Claims(("iss", "https://elsewhere.example"))),
            "another audience" => Token("RS256", Claims(("aud", "another"))),
            "expired" => Token("RS256", Claims(("exp", At(-61)))),
            "not yet" => Token("RS256", Claims(("nbf", At(120)))),
            "no expiry" => Token("RS256", Claims(("exp", null))),
            "no subject" => Token("RS256", Claims(("sub", null))),
            "role admin" => Token("RS256", Claims(("labserver_role", "admin"))),
            "no role" => Token("RS256", Claims(("labserver_role", null))),
            "two roles" => Token("RS256", Claims(("labserver_role", TwoRoles))),
            _ => Token("RS256", Claims(("labserver_role", "laboratory"))),
        };
    }
}
