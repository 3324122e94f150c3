namespace LabServer.Core.Tests.Support.Tds;

/// <summary>One connection of the server: takes a message, notes what it asks, answers.</summary>
internal sealed class TdsConnection(TdsServer server, Stream stream, TdsEngine? engine)
{
    private const string ExecuteSql = "sp_executesql";
    private const string Prepare = "sp_prepare";
    private const string PrepareAndExecute = "sp_prepexec";
    private const string Execute = "sp_execute";
    private const string Unprepare = "sp_unprepare";

    // Procedures that a client calls by number.
    private static readonly Dictionary<int, string> Numbered = new()
    {
        [10] = ExecuteSql,
        [11] = Prepare,
        [12] = Execute,
        [13] = PrepareAndExecute,
        [15] = Unprepare,
    };

    // Version 16, no encryption, no instance, no process id, one request at a time: each by its place, then the values.
    private static readonly byte[] PreLogin =
    [
        0, 0, 26, 0, 6,
        1, 0, 32, 0, 1,
        2, 0, 33, 0, 1,
        3, 0, 34, 0, 0,
        4, 0, 34, 0, 1,
        0xFF,
        16, 0, 0x03, 0xE8, 0, 0,
        2,
        0,
        0,
    ];

    private readonly TdsPackets _packets = new(stream);
    private readonly Dictionary<long, string> _prepared = [];
    private long _transactions;
    private TdsBatch? _bulkCopy;

    public async Task Run(CancellationToken cancellation)
    {
        while (await _packets.Read(cancellation) is { } message)
        {
            if (message.Ignored)
            {
                continue;
            }

            var writer = new TdsWriter(_packets.Payload);
            if (message.Resets)
            {
                writer.Reset();
            }

            var packetSize = _packets.Size;
            if (!Answer(message, writer, ref packetSize))
            {
                return;
            }

            await _packets.Write(writer.Packets, cancellation);
            _packets.Size = packetSize;
        }
    }

    // False: the connection is dropped instead.
    private bool Answer(TdsMessage message, TdsWriter writer, ref int packetSize)
    {
        switch (message.Type)
        {
            case TdsMessageType.PreLogin:
                writer.Bytes(PreLogin);
                return true;
            case TdsMessageType.Login:
                var login = TdsLogin.Read(message.Content);
                server.Note(login);
                writer.Welcome(login);
                packetSize = login.PacketSize;
                return true;
            case TdsMessageType.Batch:
                return AnswerBatch(new TdsReader(message.Content), writer);
            case TdsMessageType.Call:
                return AnswerCall(new TdsReader(message.Content), writer);
            case TdsMessageType.BulkRows:
                return AnswerRows(new TdsReader(message.Content), writer);
            case TdsMessageType.Transaction:
                return AnswerTransaction(new TdsReader(message.Content), writer);
            case TdsMessageType.Attention:
                server.Note(new TdsAttention());
                writer.AcknowledgeAttention();
                return true;
            default:
                throw new NotSupportedException($"LabServer sends no message of the type {message.Type}.");
        }
    }

    private bool AnswerBatch(TdsReader reader, TdsWriter writer)
    {
        var transaction = reader.Headers();
        var batch = new TdsBatch(reader.Rest(), transaction);
        server.Note(batch);
        if (TdsBulkCopy.AsksForTable(batch.Text))
        {
            return Write(TdsBulkCopy.Describe(batch.Text, server.Tables), ofProcedure: false, transaction, writer);
        }

        if (TdsBulkCopy.Announces(batch.Text))
        {
            _bulkCopy = batch;
            return Write([TdsAnswer.Done], ofProcedure: false, transaction, writer);
        }

        return Write(AnswerTo(batch), ofProcedure: false, transaction, writer);
    }

    private bool AnswerRows(TdsReader reader, TdsWriter writer)
    {
        var rows = TdsBulkCopy.Read(reader, _bulkCopy!);
        server.Note(rows);
        engine?.Take(rows);
        return Write(server.Find(rows) ?? [TdsAnswer.Changed(rows.Rows.Count)], ofProcedure: false, rows.Transaction, writer);
    }

    private bool AnswerCall(TdsReader reader, TdsWriter writer)
    {
        const ushort ByNumber = 0xFFFF;
        var transaction = reader.Headers();
        var name = reader.Short();
        var procedure = name == ByNumber ? Numbered[reader.Short()] : reader.Text(name);
        reader.Skip(sizeof(ushort));
        var parameters = new List<TdsParameter>();
        while (!reader.AtEnd)
        {
            parameters.Add(TdsParameter.Read(reader));
        }

        var call = Understand(procedure, parameters, transaction, out var handle);
        server.Note(call);
        var answer = procedure is Prepare or Unprepare ? [] : AnswerTo(call);
        return Write(handle is null ? answer : [.. answer, TdsAnswer.Output("", TdsType.Int, handle)], ofProcedure: true, transaction, writer);
    }

    private TdsAnswer[] AnswerTo(TdsRequest request) => server.Find(request)
        ?? engine?.Answer(request)
        // A statement that nobody foresaw.
        ?? [TdsAnswer.Error(50_000, $"The test has no answer for: {request.Text}")];

    // What a statement is called with stands behind what says which statement it is.
    private TdsCall Understand(string procedure, List<TdsParameter> parameters, long transaction, out long? handle)
    {
        handle = null;
        switch (procedure)
        {
            case ExecuteSql:
                return new TdsCall(Statement(0), procedure, [.. parameters.Skip(2)], transaction);
            case Prepare or PrepareAndExecute:
                handle = _prepared.Count + 1;
                _prepared.Add(handle.Value, Statement(2));
                return new TdsCall(Statement(2), procedure, [.. parameters.Skip(3)], transaction);
            case Execute:
                return new TdsCall(_prepared[(long)parameters[0].Value!], procedure, [.. parameters.Skip(1)], transaction);
            default:
                return new TdsCall(procedure, procedure, parameters, transaction);
        }

        string Statement(int position) => (string)parameters[position].Value!;
    }

    private bool AnswerTransaction(TdsReader reader, TdsWriter writer)
    {
        const ushort Begin = 5;
        const ushort Commit = 7;
        const ushort RollBack = 8;
        var transaction = reader.Headers();
        var kind = reader.Short();
        var request = kind switch
        {
            Begin => new TdsTransaction("BEGIN", reader.Byte(), transaction),
            Commit => new TdsTransaction("COMMIT", 0, transaction),
            RollBack => new TdsTransaction("ROLLBACK", 0, transaction),
            _ => throw new NotSupportedException($"LabServer sends no request of the kind {kind} about transactions."),
        };
        server.Note(request);
        if (server.Find(request) is { } answer)
        {
            return Write(answer, ofProcedure: false, transaction, writer);
        }

        switch (kind)
        {
            case Begin:
                engine?.Begin(request.Isolation);
                writer.Begin(++_transactions);
                break;
            case Commit:
                engine?.Commit();
                writer.Commit(transaction);
                break;
            default:
                engine?.RollBack();
                writer.RollBack(transaction);
                break;
        }

        return true;
    }

    private static bool Write(TdsAnswer[] answer, bool ofProcedure, long transaction, TdsWriter writer)
    {
        if (answer.Contains(TdsAnswer.Dropped))
        {
            return false;
        }

        // Without an answer nothing is written, and the next message is the client's attention.
        if (!answer.Contains(TdsAnswer.Nothing))
        {
            writer.Answer(answer, ofProcedure, transaction);
        }

        return true;
    }
}
