using System.Net;
using System.Net.Sockets;

namespace LabServer.Tests.Support;

/// <summary>
/// A connection between clients and a server that breaks: each one is cut off, on both sides, when it has carried a random
/// number of bytes of the server's answers. What the server has said behind them is lost.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly int _least;
    private readonly int _most;
    private readonly Random _random;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _cuts;

    /// <param name="server">Where the server listens.</param>
    /// <param name="seed">Where the random numbers start.</param>
    /// <param name="least">The fewest bytes of answers after which a connection is cut.</param>
    /// <param name="most">The most.</param>
    public CuttingProxy(Uri server, int seed, int least, int most)
    {
        (_server, _least, _most, _random) = (server, least, most, new Random(seed));
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where clients connect to.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task Accept()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                carried.Add(Carry(client, _random.Next(_least, _most)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task Carry(TcpClient client, int answers)
    {
        using (client)
        using (var server = new TcpClient())
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            var there = Copy(client.GetStream(), server.GetStream(), long.MaxValue, end.Token);
            var back = Copy(server.GetStream(), client.GetStream(), answers, end.Token);
            if (await await Task.WhenAny(there, back))
            {
                Interlocked.Increment(ref _cuts);
                // Reset, not closed: what is under way is lost, as when a cable is pulled.
                client.LingerState = server.LingerState = new LingerOption(enable: true, seconds: 0);
            }

            await end.CancelAsync();
            await Task.WhenAll(there, back);
        }
    }

    /// <summary>Whether it carried as many bytes as it may.</summary>
    private static async Task<bool> Copy(NetworkStream from, NetworkStream to, long most, CancellationToken end)
    {
        var buffer = new byte[4096];
        try
        {
            while (most > 0)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most)), end);
                if (read == 0)
                {
                    return false;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), end);
                most -= read;
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
