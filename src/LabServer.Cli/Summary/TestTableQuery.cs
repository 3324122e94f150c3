namespace LabServer.Cli.Summary;

/// <summary>What is asked of a summary of one test. Empty: all, or nothing.</summary>
/// <param name="Study">STUDYID.</param>
/// <param name="Test">Test by key, code or alias.</param>
/// <param name="Visit">The only visit; empty: all.</param>
/// <param name="Arms">The arms, in order; empty: all.</param>
/// <param name="SplitBy">What to split by; empty: nothing.</param>
internal sealed record TestTableQuery(string Study, string Test, string Visit, IReadOnlyList<string> Arms, string SplitBy);
