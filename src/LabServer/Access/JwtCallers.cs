using LabServer.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LabServer.Access;

/// <summary>Callers that send a token of the issuer in the settings, signed by one of its keys, for this server, and not expired.</summary>
internal sealed class JwtCallers(IOptions<AccessOptions> options, TimeProvider time, ILogger<JwtCallers> logger)
{
    /// <summary>Claims of a caller's role, studies and laboratories.</summary>
    public const string RoleClaim = "labserver_role";

    /// <inheritdoc cref="RoleClaim"/>
    public const string StudiesClaim = "labserver_studies";

    /// <inheritdoc cref="RoleClaim"/>
    public const string LaboratoriesClaim = "labserver_laboratories";

    private const int LongestToken = 16 * 1024;
    private const int LongestSubject = 128;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // Of public keys alone: with a shared secret, or none, whoever knows the public key could sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };
    private readonly FromFiles<TokenValidationParameters>? _parameters = options.Value.Jwt is { IsSet: true } jwt
        ? new FromFiles<TokenValidationParameters>(jwt.KeyFiles, () => Parameters(jwt, time), time, logger)
        : null;

    /// <summary>Who the token says calls; null: no tokens are taken, or not this one.</summary>
    public async ValueTask<KnownCaller?> Read(string text)
    {
        if (_parameters is null || text.Length > LongestToken || text.Count(letter => letter == '.') != 2)
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(text, _parameters.Value);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject: { Length: > 0 and <= LongestSubject } subject } token
            || subject.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
        {
            return null;
        }

        var expires = token.ValidTo;
        var role = Values(token, RoleClaim) is [var only] ? only : null;
        return CallerClaims.Read($"jwt:{subject}", role, Values(token, StudiesClaim), Values(token, LaboratoriesClaim)) is { } caller
            ? new KnownCaller(caller, () => time.GetUtcNow().UtcDateTime < expires + ClockSkew)
            : null;
    }

    private static TokenValidationParameters Parameters(JwtOptions jwt, TimeProvider time) => new()
    {
        ValidIssuer = jwt.Issuer,
        ValidAudience = jwt.Audience,
        IssuerSigningKeys = [.. jwt.KeyFiles.Select(file =>
            PublicKeyFile.Read(file) is var (key, fault) && key is not null ? key : throw new InvalidDataException(fault))],
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        TryAllIssuerSigningKeys = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now < expires + ClockSkew && !(notBefore - ClockSkew > now);
        },
    };

    private static List<string> Values(JsonWebToken token, string name) =>
        [.. token.Claims.Where(claim => claim.Type == name && claim.Value.Length > 0).Select(claim => claim.Value)];
}
