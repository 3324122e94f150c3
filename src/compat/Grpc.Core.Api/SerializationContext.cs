using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a serializer puts a message: either <see cref="Complete(byte[])"/>, or <see cref="SetPayloadLength"/>,
/// <see cref="GetBufferWriter"/> and <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message at once.</summary>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>A writer for the message, valid until <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Says in bytes how long the message will be.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotImplementedException();

    /// <summary>Says that all of the message is written.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
