using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LabServer.Tests.Support;

/// <summary>Frames of HTTP/2 (RFC 9113), and a socket to send them through: what no HTTP client sends.</summary>
internal static class Http2
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;

    public const byte EndStream = 1;
    public const byte Ack = 1;
    public const byte EndHeaders = 4;

    /// <summary>What a client begins with (3.4).</summary>
    public static byte[] Preface { get; } = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    /// <summary>A frame (4.1).</summary>
    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>A header block in which every field is a literal without indexing (RFC 7541, 6.2.2).</summary>
    public static byte[] Block(params IEnumerable<(string Name, string Value)> fields)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            block.WriteByte(0);
            Text(name);
            Text(value);
        }

        return block.ToArray();

        void Text(string text)
        {
            // A length of 7 bits, and what is more of it in groups of 7.
            var rest = text.Length - 127;
            block.WriteByte((byte)Math.Min(text.Length, 127));
            for (; rest >= 128; rest >>= 7)
            {
                block.WriteByte((byte)(rest | 128));
            }

            if (text.Length >= 127)
            {
                block.WriteByte((byte)rest);
            }

            block.Write(Encoding.Latin1.GetBytes(text));
        }
    }

    /// <summary>The header block of a gRPC call.</summary>
    public static byte[] Call(string path, string key) => Block(
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
        ("content-type", "application/grpc"), ("te", "trailers"), ("authorization", $"Bearer {key}"));

    /// <summary>A connection on which nothing was said yet.</summary>
    public static async Task<NetworkStream> Connect(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A connection with the preface and empty settings sent.</summary>
    public static async Task<NetworkStream> Open(Uri address)
    {
        var stream = await Connect(address);
        await stream.WriteAsync((byte[])[.. Preface, .. Frame(Settings, 0, 0, [])]);
        return stream;
    }

    /// <summary>The next frame; null: the other side has closed or broken the connection.</summary>
    public static async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> Next(NetworkStream stream, CancellationToken cancellation)
    {
        try
        {
            var head = new byte[9];
            await stream.ReadExactlyAsync(head, cancellation);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, cancellation);
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Reads to the end, which has to come within the bound.</summary>
    public static async Task<List<(byte Type, byte Flags, int Stream, byte[] Payload)>> ReadToEnd(
        NetworkStream stream, Action<(byte Type, byte Flags, int Stream, byte[] Payload)>? seen = null)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var frames = new List<(byte, byte, int, byte[])>();
        while (await Next(stream, bound.Token) is { } frame)
        {
            frames.Add(frame);
            seen?.Invoke(frame);
        }

        return frames;
    }
}
