namespace LabServer.Core.Storage;

/// <summary>Another process has taken a share over: nothing of what was made for it is written here.</summary>
/// <param name="share">The share.</param>
public sealed class ShareLostException(int share) : Exception($"Share {share} has been taken over by another server.");
