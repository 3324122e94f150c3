using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Grpc.Net.Client;

namespace LabServer.Tests.Support;

/// <summary>
/// The built server as a process of its own, for what only a process shows: exit codes, being killed, and being called
/// by other programs. Scheduled grading runs as it is set by default.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // The battery starts it hundreds of times, on machines that do other things.
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _environment;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private ServerProcess(string dataFolder, IReadOnlyDictionary<string, string>? environment)
    {
        DataFolder = dataFolder;
        _environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>());
    }

    /// <summary>Folder of the server's data. The caller's to remove.</summary>
    public string DataFolder { get; }

    /// <summary>Where the server says where it listens.</summary>
    public string EndpointsFile => Path.Combine(DataFolder, "endpoints.json");

    /// <summary>Address of gRPC, as the server wrote it.</summary>
    public Uri GrpcAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>Address of HTTP/1.1, as the server wrote it.</summary>
    public Uri HttpAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>What it has written to both streams so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the server on <paramref name="dataFolder"/> and waits until it serves.</summary>
    /// <param name="dataFolder">Folder of its data.</param>
    /// <param name="environment">More variables for it: <c>LABSERVER__JOBS__INCREMENTALINTERVAL</c>.</param>
    public static async Task<ServerProcess> Start(string dataFolder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new ServerProcess(dataFolder, environment);
        try
        {
            await server.Restart();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and kills it on its way up, when a condition holds, or once it serves.</summary>
    public static async Task StartAndKill(string dataFolder, IReadOnlyDictionary<string, string> environment, Func<bool> condition)
    {
        await using var server = new ServerProcess(dataFolder, environment);
        File.Delete(server.EndpointsFile);
        server.Begin();
        await Eventually.True(() => condition() || File.Exists(server.EndpointsFile) || server._process!.HasExited, "the moment to kill has come");
        Assert.False(server._process!.HasExited, server.Output);
        await server.Kill();
    }

    /// <summary>Runs the server to its end with these arguments: for calls that it refuses.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Process.Start(Call(arguments, environment ?? new Dictionary<string, string>()))!;
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = process.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await process.WaitForExitAsync(bound.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts it again on the same folder, and waits until it serves.</summary>
    public async Task Restart()
    {
        File.Delete(EndpointsFile);
        var process = Begin();
        await Eventually.True(
            () => process.HasExited ? throw new InvalidOperationException($"The server ended: {Output}") : File.Exists(EndpointsFile),
            "the server serves",
            StartBound);
        using var endpoints = JsonDocument.Parse(await File.ReadAllTextAsync(EndpointsFile));
        GrpcAddress = new Uri(endpoints.RootElement.GetProperty("grpc").GetString()!);
        HttpAddress = new Uri(endpoints.RootElement.GetProperty("http").GetString()!);
    }

    /// <summary>Memory of it that is resident, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Names of the files that are mapped into its memory: what it has loaded, of .NET and of the system. Linux alone says so.</summary>
    public IReadOnlySet<string> LoadedFiles => File.ReadLines(FormattableString.Invariant($"/proc/{_process!.Id}/maps"))
        .Select(line => line.LastIndexOf('/') is >= 0 and var at ? line[(at + 1)..] : "")
        .ToHashSet();

    /// <summary>Where the administrator's key is.</summary>
    public string AdminKeyFile => Path.Combine(DataFolder, "admin.key");

    /// <summary>A channel to it, with the administrator's key; the caller's to dispose.</summary>
    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress(GrpcAddress, new GrpcChannelOptions
    {
        HttpHandler = new KeySender(File.ReadAllText(AdminKeyFile).Trim(), new SocketsHttpHandler { EnableMultipleHttp2Connections = true }),
        DisposeHttpClient = true,
    });

    /// <summary>Kills it as a power failure would: nothing is flushed, closed or said.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await WaitForExit();
    }

    /// <summary>Asks it to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", FormattableString.Invariant($"{_process!.Id}")]);
        await kill.WaitForExitAsync();
        await WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended by itself and returns its exit code.</summary>
    public async Task<int> End()
    {
        await WaitForExit();
        return _process!.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        _process?.Dispose();
    }

    private Process Begin()
    {
        var process = Process.Start(Call(["--data", DataFolder, "--grpc-port", "0", "--http-port", "0"], _environment))!;
        _process = process;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitForExit()
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await _process!.WaitForExitAsync(bound.Token);
    }

    private static ProcessStartInfo Call(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // The reference to the server project puts its program beside the tests.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LabServer.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
