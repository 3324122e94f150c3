using System.Net.Sockets;

namespace LabServer.Tests.Support;

/// <summary>Connections of a client whose received bytes are counted, whether or not the client has looked at them.</summary>
public sealed class CountedConnections
{
    private long _received;

    /// <summary>Bytes that have come in.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>A transport that opens its connections here.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new CountedStream(this, socket);
        },
    };

    private sealed class CountedStream(CountedConnections connections, Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref connections._received, read);
            return read;
        }
    }
}
