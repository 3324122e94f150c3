namespace LabServer.Core.Backups;

/// <summary>What a sound database file holds.</summary>
/// <param name="Schema">Number of its newest schema file.</param>
/// <param name="Studies">Studies.</param>
/// <param name="Results">Results, all versions and derived ones included.</param>
public sealed record DatabaseState(long Schema, long Studies, long Results);
