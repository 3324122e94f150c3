namespace LabServer.Core.Storage;

/// <summary>What taking up a block of results came to.</summary>
/// <param name="Results">Results put into their series; held ones are passed.</param>
/// <param name="IsMore">Whether the block was full, so that there may be another. What has arrived since a block that was not full is the next run's.</param>
public readonly record struct TakenUp(int Results, bool IsMore);
