namespace Grpc.Core;

/// <summary>Decides whether a peer whose certificate chain is valid may be talked to.</summary>
/// <returns>False to end the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
