using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LabServer.Cli;

/// <summary>How a server is known over TLS, and how labctl shows who it is.</summary>
internal static class ServerTls
{
    /// <summary>For a connection.</summary>
    /// <param name="authorities">PEM file of the only issuers that are believed; null: those of this machine.</param>
    /// <param name="certificate">PEM file of the certificate to show; null: none.</param>
    /// <param name="key">PEM file of its key; null: it is in the same file.</param>
    /// <exception cref="UsageException">A file cannot be used.</exception>
    public static SslClientAuthenticationOptions Read(string? authorities, string? certificate, string? key)
    {
        var options = new SslClientAuthenticationOptions();
        if (authorities is not null)
        {
            // The name in the certificate is checked all the same.
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities(authorities));
        }

        if (certificate is not null)
        {
            var shown = Certificate(certificate, key);
            // Also to a server that does not say whose issue it wants.
            options.LocalCertificateSelectionCallback = (_, _, _, _, _) => shown;
        }

        return options;
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UsageException($"--ca-file: {file} cannot be read: {fault.Message}");
        }

        return all.Count > 0 ? all : throw new UsageException($"--ca-file: {file} holds no certificate.");
    }

    private static X509Certificate2 Certificate(string file, string? key)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(file, key);
            // Not every system's TLS takes a key that is in memory alone.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UsageException($"--client-certificate, --client-key: {key ?? file} does not hold a certificate with its key: {fault.Message}");
        }
    }
}
