namespace LabServer.Access;

/// <summary>Who may call. Section <c>LabServer:Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>
    /// Whether every call must carry a key. A key that is sent is always checked. Without this, whoever can open a
    /// connection may call: the server listens on 127.0.0.1 alone, so that is every user of this machine. There is one
    /// key so far, the administrator's; keys by person and role are not part of the server yet.
    /// </summary>
    /// <value>The default value is false.</value>
    public bool RequireKey { get; set; }
}
