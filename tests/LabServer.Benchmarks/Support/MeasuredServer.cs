using System.Diagnostics;
using System.Text.Json;
using Grpc.Net.Client;

namespace LabServer.Benchmarks.Support;

/// <summary>The built server as a process of its own, on loopback, with a folder of its own that goes with it, or one that stays.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly bool _stays;
    private readonly Func<GrpcChannel> _open;

    private MeasuredServer(Process process, string folder, bool stays, Func<GrpcChannel> open)
    {
        _process = process;
        _stays = stays;
        _open = open;
        Folder = folder;
        Channel = open();
    }

    /// <summary>Its data.</summary>
    public string Folder { get; }

    /// <summary>A channel to it.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Another channel to it, with connections of its own. The caller disposes it.</summary>
    public GrpcChannel OpenChannel() => _open();

    /// <summary>Bytes of memory it holds now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Most bytes of memory it has held so far.</summary>
    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Processor time it has taken since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="data">Its folder, which stays; null: one of its own.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<MeasuredServer> Start(DirectoryInfo? data, CancellationToken cancellation)
    {
        data?.Create();
        var folder = data?.FullName ?? Directory.CreateTempSubdirectory("labserver-bench-").FullName;
        var endpoints = Path.Combine(folder, "endpoints.json");
        File.Delete(endpoints);
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "LabServer.dll"), "--data", folder, "--grpc-port", "0", "--http-port", "0"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Grading when asked for: nothing else shall run beside what is measured.
        start.Environment["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00";
        start.Environment["LABSERVER__BACKUPS__CRON"] = "";

        // One caller sends everything: what it may cost others is not what is measured.
        start.Environment["LABSERVER__LIMITS__CALLSPERSECOND"] = "0";
        start.Environment["LABSERVER__LIMITS__CALLSATONCE"] = "1024";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = Stopwatch.GetTimestamp();
        while (!File.Exists(endpoints))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > StartsWithin)
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException("The server did not come up.");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        using var addresses = JsonDocument.Parse(await File.ReadAllTextAsync(endpoints, cancellation));
        var key = await File.ReadAllTextAsync(Path.Combine(folder, "admin.key"), cancellation);
        var address = addresses.RootElement.GetProperty("grpc").GetString()!;
        return new MeasuredServer(process, folder, data is not null, () => GrpcChannel.ForAddress(
            address,
            new GrpcChannelOptions { HttpHandler = new KeySender(key.Trim(), new SocketsHttpHandler { EnableMultipleHttp2Connections = true }) }));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (!_stays)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
