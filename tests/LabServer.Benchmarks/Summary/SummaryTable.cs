namespace LabServer.Benchmarks.Summary;

/// <summary>A table to measure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Call">Asks the server for it.</param>
/// <param name="Sql">The same table by hand, or the rows it is made of.</param>
/// <param name="IsRowsOnly">Whether the statement only fetches the rows: what is computed of them is no work for SQL.</param>
internal sealed record SummaryTable(string Name, Func<CancellationToken, Task> Call, string Sql, bool IsRowsOnly = false);
