namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A whole message of a client.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Content">Without the headers of its packets.</param>
/// <param name="Resets">Whether the connection comes from a pool, and is to be as new.</param>
/// <param name="Ignored">Whether the client took it back half-way.</param>
internal sealed record TdsMessage(TdsMessageType Type, byte[] Content, bool Resets, bool Ignored);

/// <summary>Kinds of messages, numbered as on the wire.</summary>
internal enum TdsMessageType : byte
{
    Batch = 0x01,
    Call = 0x03,
    Attention = 0x06,
    BulkRows = 0x07,
    Transaction = 0x0E,
    Login = 0x10,
    PreLogin = 0x12,
}
