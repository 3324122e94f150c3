namespace LabServer.Access;

/// <summary>Who may call. Section <c>LabServer:Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>
    /// Whether every call must carry a key. A key that is sent is always checked. Without this, whoever can open a
    /// connection may do everything and sees all arms: only for a server that listens on the loopback interface.
    /// </summary>
    /// <value>The default value is true.</value>
    public bool RequireKey { get; set; } = true;

    /// <summary>
    /// Whether the server may listen beyond the loopback interface without TLS, where everybody on the way reads keys and
    /// results: only behind something that brings TLS itself.
    /// </summary>
    /// <value>The default value is false.</value>
    public bool AllowCleartextBeyondLoopback { get; set; }

    /// <summary>Tokens, as a further way in.</summary>
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>Client certificates, as a further way in; over TLS only.</summary>
    public IList<CertificateCallerOptions> ClientCertificates { get; set; } = [];
}
