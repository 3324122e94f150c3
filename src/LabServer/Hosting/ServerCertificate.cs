using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LabServer.Hosting;

/// <summary>The server's certificate, from PEM files.</summary>
internal static class ServerCertificate
{
    /// <summary>The certificate with its private key.</summary>
    public static X509Certificate2 Read(ServerOptions options) => X509Certificate2.CreateFromPemFile(
        options.CertificateFile, options.CertificateKeyFile.Length > 0 ? options.CertificateKeyFile : null);

    /// <summary>Certificates of its issuers, behind it in the file.</summary>
    public static X509Certificate2Collection Issuers(ServerOptions options)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(options.CertificateFile);
        if (all.Count > 0)
        {
            all.RemoveAt(0);
        }

        return all;
    }

    /// <summary>Why it cannot be used; null: it can.</summary>
    public static string? FaultOf(ServerOptions options)
    {
        try
        {
            using var certificate = Read(options);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"there is no certificate with its key in them: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
        }
    }
}
