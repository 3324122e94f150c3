namespace LabServer.Core.Storage;

/// <summary>An entry of the reject log.</summary>
/// <param name="RejectedKey">Its key; grows with the order of arrival.</param>
/// <param name="Result">As sent.</param>
/// <param name="Faults">Why it was refused, every fault.</param>
/// <param name="ReceivedUs">When it was received first.</param>
/// <param name="Sender">Who sent it.</param>
public sealed record RejectedResult(long RejectedKey, LabResult Result, IReadOnlyList<Fault> Faults, long ReceivedUs, string Sender);
