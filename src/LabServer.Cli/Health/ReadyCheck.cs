namespace LabServer.Cli.Health;

/// <summary>One check of <c>/readyz</c>.</summary>
/// <param name="Name">Its name: <c>disk</c>.</param>
/// <param name="Ok">Whether it is passed.</param>
/// <param name="Problem">What is wrong; empty: nothing.</param>
internal sealed record ReadyCheck(string Name, bool Ok, string Problem);
