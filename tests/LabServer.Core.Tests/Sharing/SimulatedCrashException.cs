namespace LabServer.Core.Tests.Sharing;

/// <summary>What a simulated server gets from its database once it is dead: it can write nothing any more.</summary>
internal sealed class SimulatedCrashException() : Exception("the simulated server is dead");
