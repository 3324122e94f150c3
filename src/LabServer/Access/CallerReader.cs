using System.Security.Cryptography;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Access;

/// <summary>Finds out who calls: by <c>authorization: Bearer KEY</c>, or a token in its place, or a client certificate.</summary>
internal sealed class CallerReader(
    DataFolder folder, ApiKeyStore keys, JwtCallers tokens, CertificateCallers certificates, IOptions<AccessOptions> options,
    ILogger<CallerReader> logger)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _adminHash = KeyText.Hash(folder.AdminKey);

    /// <summary>The caller.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAUTHENTICATED. Of what is wrong with a key nothing is said.</exception>
    public async ValueTask<KnownCaller> Read(HttpContext context)
    {
        var sent = context.Request.Headers.Authorization;
        if (sent.Count == 0)
        {
            return WithoutKey(context);
        }

        if (sent is not [{ } one] || !one.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw RpcErrors.KeyUnknown();
        }

        var text = one[Scheme.Length..].Trim();
        return OfKey(text) ?? await tokens.Read(text) ?? throw RpcErrors.KeyUnknown();
    }

    private KnownCaller WithoutKey(HttpContext context) =>
        context.Connection.ClientCertificate is { } certificate ? certificates.Read(certificate) ?? throw RpcErrors.KeyUnknown()
        : options.Value.RequireKey ? throw RpcErrors.KeyMissing() : KnownCaller.Of(new Caller(Caller.AnonymousName, Role.Admin));

    private KnownCaller? OfKey(string text)
    {
        // Hashed first, so that neither content nor length of the key shows in the time taken.
        var hash = KeyText.Hash(text);
        if (CryptographicOperations.FixedTimeEquals(hash, _adminHash))
        {
            return KnownCaller.Of(Caller.Admin);
        }

        if (keys.Check(text, hash, out var noted) is { } key)
        {
            _ = Watch(noted);
            return new KnownCaller(key.ToCaller(), () => keys.IsValid(key.KeyId));
        }

        return null;
    }

    // That a use cannot be noted, for instance on a full disk, is no reason to refuse the call.
    private async Task Watch(Task noted)
    {
        try
        {
            await noted;
        }
#pragma warning disable CA1031 // Nobody waits for this: the log is the only place left.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.UseNotNoted(exception);
        }
    }
}
