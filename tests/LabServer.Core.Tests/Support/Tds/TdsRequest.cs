namespace LabServer.Core.Tests.Support.Tds;

/// <summary>What a client asked, in the order in which it came over one connection.</summary>
/// <param name="Text">
/// The statement; of a stored procedure its name; of a transaction <c>BEGIN</c>, <c>COMMIT</c> or <c>ROLLBACK</c>.
/// </param>
/// <param name="Transaction">The transaction of which it is part; 0: of none.</param>
internal abstract record TdsRequest(string Text, long Transaction);

/// <summary>Statements without parameters.</summary>
internal sealed record TdsBatch(string Text, long Transaction) : TdsRequest(Text, Transaction);

/// <summary>A statement with parameters, or a stored procedure.</summary>
/// <param name="Text">The statement, also where it came by the handle of its preparation; else the name of the procedure.</param>
/// <param name="Procedure">The procedure that was called: <c>sp_executesql</c>.</param>
/// <param name="Parameters">Those of the statement or procedure.</param>
/// <param name="Transaction">As of any request.</param>
internal sealed record TdsCall(string Text, string Procedure, IReadOnlyList<TdsParameter> Parameters, long Transaction) : TdsRequest(Text, Transaction)
{
    public object? this[string name] => Parameters.Single(parameter => parameter.Name == name).Value;
}

/// <summary>The rows of a bulk copy.</summary>
internal sealed record TdsBulkRows(string Text, IReadOnlyList<TdsColumn> Columns, IReadOnlyList<object?[]> Rows, long Transaction) : TdsRequest(Text, Transaction);

/// <summary>The beginning or end of a transaction.</summary>
/// <param name="Text">Which.</param>
/// <param name="Isolation">Isolation asked for at the beginning, as the wire numbers it: 5 is snapshot.</param>
/// <param name="Transaction">The one that ends.</param>
internal sealed record TdsTransaction(string Text, byte Isolation, long Transaction) : TdsRequest(Text, Transaction);

/// <summary>The client does not wait any longer.</summary>
internal sealed record TdsAttention() : TdsRequest("ATTENTION", 0);
