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
}
