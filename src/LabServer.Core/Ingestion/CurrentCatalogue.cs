namespace LabServer.Core.Ingestion;

/// <summary>The catalogue in force: the built-in one with what was registered on this server.</summary>
public sealed class CurrentCatalogue(TestCatalogue catalogue)
{
    private volatile TestCatalogue _value = catalogue;

    /// <summary>The catalogue now. Read once for a piece of work, so that all of it is judged alike.</summary>
    public TestCatalogue Value => _value;

    /// <summary>Puts a wider catalogue in force.</summary>
    internal void Set(TestCatalogue catalogue) => _value = catalogue;
}
