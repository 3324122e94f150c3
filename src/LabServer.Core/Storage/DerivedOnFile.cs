namespace LabServer.Core.Storage;

/// <summary>A derived result in force: the newest version of its id, not cancelled.</summary>
/// <param name="ResultKey">The version.</param>
/// <param name="SourceResultId">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="ContentHash">Hash over all that is said of it.</param>
/// <param name="Formula">Id of the formula.</param>
/// <param name="Computation">The formula with the numbers put in.</param>
/// <param name="CollectedUs">LBDTC in UTC microseconds.</param>
/// <param name="Test">Key of the test.</param>
/// <param name="Inputs">Inputs with their parts, in order.</param>
internal sealed record DerivedOnFile(
    long ResultKey,
    string SourceResultId,
    long Version,
    byte[] ContentHash,
    string Formula,
    string Computation,
    long CollectedUs,
    string Test,
    IReadOnlyList<(long ResultKey, string Role)> Inputs);
