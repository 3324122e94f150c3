using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LabServer.Core.Access;
using Microsoft.Extensions.Options;

namespace LabServer.Access;

/// <summary>Callers that show a client certificate of the settings. TLS has proved that they hold its private key.</summary>
internal sealed class CertificateCallers(IOptions<AccessOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, Caller> _bySha256 = options.Value.ClientCertificates.ToDictionary(
        known => known.Sha256, known => Of(known)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Who calls with a certificate; null: it is not in the settings, or not valid now.</summary>
    public KnownCaller? Read(X509Certificate2 certificate)
    {
        if (!_bySha256.TryGetValue(certificate.GetCertHashString(HashAlgorithmName.SHA256), out var caller))
        {
            return null;
        }

        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return IsValid() ? new KnownCaller(caller, IsValid) : null;

        bool IsValid() => time.GetUtcNow().UtcDateTime is var now && from <= now && now <= until;
    }

    /// <summary>The caller that settings describe; null: they describe none.</summary>
    internal static Caller? Of(CertificateCallerOptions known) =>
        CallerClaims.Read($"certificate:{known.Name}", known.Role, [.. known.Studies], [.. known.Laboratories]);
}
