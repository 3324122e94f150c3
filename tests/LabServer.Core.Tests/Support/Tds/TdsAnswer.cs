namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A part of what the server answers to one request; a request may have several.</summary>
internal abstract record TdsAnswer
{
    /// <summary>A statement that is done and says no number of rows.</summary>
    public static readonly TdsAnswer Done = new TdsDone(null);

    /// <summary>No answer, until the client gives up.</summary>
    public static readonly TdsAnswer Nothing = new TdsSilence();

    /// <summary>The end of the connection, in the middle of everything.</summary>
    public static readonly TdsAnswer Dropped = new TdsDrop();

    /// <summary>A change of this many rows.</summary>
    public static TdsAnswer Changed(long rows) => new TdsDone(rows);

    /// <summary>An error that ends the request.</summary>
    /// <param name="number">As in sys.messages: 2627.</param>
    /// <param name="message">What is said.</param>
    /// <param name="severity">From 20 on the client ends the connection.</param>
    /// <param name="endsTransaction">Whether the server has rolled the transaction back.</param>
    public static TdsAnswer Error(int number, string message = "for this test", byte severity = 16, bool endsTransaction = false) =>
        new TdsError(number, message, severity, endsTransaction);

    public static TdsAnswer Rows(IReadOnlyList<TdsColumn> columns, params IReadOnlyList<object?[]> rows) => new TdsResultSet(columns, rows);

    /// <summary>What a stored procedure returns.</summary>
    public static TdsAnswer Returns(int status) => new TdsReturnStatus(status);

    public static TdsAnswer Output(string name, TdsType type, object? value) => new TdsOutput(name, type, value);
}

internal sealed record TdsDone(long? Count) : TdsAnswer;

internal sealed record TdsSilence : TdsAnswer;

internal sealed record TdsDrop : TdsAnswer;

internal sealed record TdsError(int Number, string Message, byte Severity, bool EndsTransaction) : TdsAnswer;

internal sealed record TdsResultSet(IReadOnlyList<TdsColumn> Columns, IReadOnlyList<object?[]> All) : TdsAnswer;

internal sealed record TdsReturnStatus(int Status) : TdsAnswer;

internal sealed record TdsOutput(string Name, TdsType Type, object? Value) : TdsAnswer;
