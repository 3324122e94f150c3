namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>It may wait for the next message rather than be sent at once.</summary>
    BufferHint = 0x1,

    /// <summary>It is not compressed even if the call is.</summary>
    NoCompress = 0x2,
}
