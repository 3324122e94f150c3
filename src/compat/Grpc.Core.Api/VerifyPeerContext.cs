namespace Grpc.Core;

/// <summary>The peer a <see cref="VerifyPeerCallback"/> decides on.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>Host name the channel was made for.</summary>
    public string TargetName { get; }

    /// <summary>The peer's certificate as PEM.</summary>
    public string PeerPem { get; }
}
