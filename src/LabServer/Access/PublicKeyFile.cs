using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace LabServer.Access;

/// <summary>A PEM file with a public key, or a certificate of one.</summary>
internal static class PublicKeyFile
{
    // Weaker ones can be broken, or soon.
    private const int LeastRsaBits = 2048;

    /// <summary>The key, or what is wrong with the file.</summary>
    public static (SecurityKey? Key, string? Fault) Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                return (null, $"{path} holds a private key; the server needs the public one, and must not have the other");
            }

            if (text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = X509Certificate2.CreateFromPem(text);
                text = certificate.PublicKey.ExportSubjectPublicKeyInfo() is var info ? PemEncoding.WriteString("PUBLIC KEY", info) : text;
            }

            return (Key(text), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return (null, $"{path} holds no public key that can be used: {exception.Message}");
        }
    }

    private static AsymmetricSecurityKey Key(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= LeastRsaBits
                ? new RsaSecurityKey(rsa)
                : throw new ArgumentException($"an RSA key needs at least {LeastRsaBits} bits");
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(pem);
            return new ECDsaSecurityKey(ecdsa);
        }
    }
}
