namespace LabServer.Core.Audit;

/// <summary>What the entry of a commit of results says. Its properties are on file: they are added to, never renamed.</summary>
/// <param name="Sender">Who sent them, as the results have it.</param>
/// <param name="Accepted">Results stored and handed to grading.</param>
/// <param name="Amended">Results stored as newer versions.</param>
/// <param name="Held">Results stored that wait for something.</param>
/// <param name="Duplicate">Results that were on file.</param>
/// <param name="Rejected">Results that went to the reject log.</param>
/// <param name="Stored">The rows of results; null: none.</param>
/// <param name="Rejects">The rows of the reject log; null: none.</param>
public sealed record AuditedResults(
    string Sender, int Accepted, int Amended, int Held, int Duplicate, int Rejected, AuditedRows? Stored, AuditedRows? Rejects);

/// <summary>Rows of one laboratory and sender that were written in one commit.</summary>
/// <param name="Rows">How many.</param>
/// <param name="First">The smallest key.</param>
/// <param name="Last">The largest key.</param>
/// <param name="Sha256">SHA-256 of their content hashes in the order of their keys, lower-case hexadecimal.</param>
public sealed record AuditedRows(int Rows, long First, long Last, string Sha256);
