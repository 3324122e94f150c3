namespace LabServer.Access;

/// <summary>A client certificate that the server knows. Section <c>LabServer:Access:ClientCertificates:N</c>.</summary>
internal sealed class CertificateCallerOptions
{
    /// <summary>SHA-256 of the certificate, 64 hexadecimal digits: this very one, whoever signed it.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Name of the caller, on everything it does behind <c>certificate:</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its role, as it is written: <c>laboratory</c>.</summary>
    public string Role { get; set; } = "";

    /// <summary>Studies it is limited to; <c>*</c>: all.</summary>
    public IList<string> Studies { get; set; } = [];

    /// <summary>Laboratories it sends for; for the role laboratory, and for no other.</summary>
    public IList<string> Laboratories { get; set; } = [];
}
