namespace LabServer.Core.Ingestion;

/// <summary>The catalogue of tests or units that the program was built with is wrong. Carries every fault found.</summary>
public sealed class InvalidCatalogueException : Exception
{
    /// <summary>Makes the exception with all faults in its message, one a line.</summary>
    public InvalidCatalogueException(string file, IReadOnlyList<string> faults)
        : base($"{file}: {faults.Count} fault(s)\n{string.Join('\n', faults)}") => Faults = faults;

    /// <summary>One sentence a fault, naming the unit or test.</summary>
    public IReadOnlyList<string> Faults { get; }
}
