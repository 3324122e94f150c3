using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>
/// Stands in for a SQL Server on this machine: it speaks the protocol (TDS 7.4, without encryption) and knows no SQL. What it
/// answers to which statement is the test's to say, and what came in is there to be looked at. Facts are from [MS-TDS].
/// </summary>
internal sealed class TdsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<TdsRequest> _requests = new();
    private readonly ConcurrentQueue<TdsLogin> _logins = new();
    private readonly List<TdsRule> _rules = [];
    private readonly List<Task> _connections = [];
    private readonly Func<TdsEngine>? _engine;
    private readonly Task _accepting;
    private int _isOver;

    private TdsServer(Func<TdsEngine>? engine)
    {
        _engine = engine;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>What came in, in order.</summary>
    public IReadOnlyList<TdsRequest> Requests => [.. _requests];

    /// <summary>Who came in, in order.</summary>
    public IReadOnlyList<TdsLogin> Logins => [.. _logins];

    /// <summary>Tables that rows can be copied into, by name.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<TdsColumn>> Tables { get; } = new();

    /// <summary>How a client reaches it.</summary>
    public string ConnectionString => new SqlConnectionStringBuilder
    {
        DataSource = FormattableString.Invariant($"tcp:127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port}"),
        InitialCatalog = "labserver",
        UserID = "labserver",
        Password = "not looked at",
        Encrypt = SqlConnectionEncryptOption.Optional,
        Pooling = false,
        MultipleActiveResultSets = false,
        ConnectRetryCount = 0,
        ConnectTimeout = 60,
    }.ToString();

    /// <summary>Starts one that knows no SQL, or one with an engine behind each connection.</summary>
    public static TdsServer Start(Func<TdsEngine>? engine = null) => new(engine);

    public SqlConnection Open()
    {
        var connection = new SqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>From now on every request whose text contains <paramref name="part"/> is answered so. What was said last wins.</summary>
    public void Answer(string part, params TdsAnswer[] answer) => Say(new TdsRule(part, answer, Times: int.MaxValue));

    /// <summary>The next request whose text contains <paramref name="part"/> is answered so; later ones as was said before.</summary>
    public void AnswerOnce(string part, params TdsAnswer[] answer) => Say(new TdsRule(part, answer, Times: 1));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1)
        {
            return;
        }

        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] connections;
        lock (_connections)
        {
            connections = [.. _connections];
        }

        await Task.WhenAll(connections);
        _end.Dispose();
    }

    internal void Note(TdsLogin login) => _logins.Enqueue(login);

    internal void Note(TdsRequest request) => _requests.Enqueue(request);

    /// <summary>What the test said is to be answered; null: nothing.</summary>
    internal TdsAnswer[]? Find(TdsRequest request)
    {
        lock (_rules)
        {
            var at = _rules.FindLastIndex(rule => request.Text.Contains(rule.Part, StringComparison.Ordinal));
            if (at < 0)
            {
                return null;
            }

            var rule = _rules[at];
            if (rule.Times == 1)
            {
                _rules.RemoveAt(at);
            }

            return rule.Answer;
        }
    }

    private void Say(TdsRule rule)
    {
        lock (_rules)
        {
            _rules.Add(rule);
        }
    }

    private async Task Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                lock (_connections)
                {
                    _connections.Add(Serve(client));
                }
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            using var engine = _engine?.Invoke();
            try
            {
                await new TdsConnection(this, client.GetStream(), engine).Run(_end.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private sealed record TdsRule(string Part, TdsAnswer[] Answer, int Times);
}
