namespace LabServer.Benchmarks.Summary;

/// <summary>A table to measure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Call">Asks the server for it.</param>
/// <param name="Sql">The same table by hand.</param>
internal sealed record SummaryTable(string Name, Func<CancellationToken, Task> Call, string Sql);
