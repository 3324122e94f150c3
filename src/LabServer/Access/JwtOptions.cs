namespace LabServer.Access;

/// <summary>Tokens of an issuer that the server believes. Section <c>LabServer:Access:Jwt</c>; not set: no tokens are taken.</summary>
internal sealed class JwtOptions
{
    /// <summary>The issuer, as <c>iss</c> of its tokens has it.</summary>
    /// <value>The default value is empty: no tokens.</value>
    public string Issuer { get; set; } = "";

    /// <summary>This server, as <c>aud</c> of the tokens has it.</summary>
    /// <value>The default value is empty.</value>
    public string Audience { get; set; } = "";

    /// <summary>PEM files with the issuer's public keys (RSA or elliptic curve), or certificates of them.</summary>
    /// <value>The default value is none.</value>
    public IList<string> KeyFiles { get; set; } = [];

    /// <summary>Whether anything of this is set; then all of it must be.</summary>
    public bool IsSet => Issuer.Length > 0 || Audience.Length > 0 || KeyFiles.Count > 0;
}
