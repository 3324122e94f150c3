using System.Buffers.Binary;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>Messages on a connection, put together from packets and cut into them.</summary>
internal sealed class TdsPackets(Stream stream)
{
    private const int HeaderLength = 8;
    private const byte EndOfMessage = 0x01;
    private const byte Ignore = 0x02;
    private const byte Reset = 0x08;
    private const byte ResetKeepingTransaction = 0x10;
    private const byte TabularResult = 0x04;

    /// <summary>Bytes of a packet, at most.</summary>
    public int Size { get; set; } = 4096;

    /// <summary>Bytes of a message that a packet takes.</summary>
    public int Payload => Size - HeaderLength;

    /// <summary>The next message; null: the client is gone.</summary>
    public async Task<TdsMessage?> Read(CancellationToken cancellation)
    {
        var header = new byte[HeaderLength];
        using var content = new MemoryStream();
        var resets = false;
        while (true)
        {
            if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellation) < HeaderLength)
            {
                return null;
            }

            var (type, status) = ((TdsMessageType)header[0], header[1]);
            resets |= (status & (Reset | ResetKeepingTransaction)) != 0;
            var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - HeaderLength];
            await stream.ReadExactlyAsync(packet, cancellation);
            content.Write(packet);
            if ((status & EndOfMessage) != 0)
            {
                return new TdsMessage(type, content.ToArray(), resets, (status & Ignore) != 0);
            }
        }
    }

    /// <summary>Sends an answer whole.</summary>
    public async Task Write(IEnumerable<byte[]> answer, CancellationToken cancellation)
    {
        byte number = 0;
        var contents = answer.ToList();
        foreach (var (i, content) in contents.Index())
        {
            var packet = new byte[HeaderLength + content.Length];
            packet[0] = TabularResult;
            packet[1] = i == contents.Count - 1 ? EndOfMessage : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            packet[6] = unchecked(++number);
            content.CopyTo(packet.AsSpan(HeaderLength));
            await stream.WriteAsync(packet, cancellation);
        }
    }
}
