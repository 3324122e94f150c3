using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>A result on file: as sent, as received and as understood.</summary>
/// <param name="ResultKey">Its key; grows with the order of arrival.</param>
/// <param name="Result">As sent.</param>
/// <param name="ReceivedUs">When it was received.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Test">Key of the catalogue's test; null while that is not known.</param>
/// <param name="StandardValue">LBSTRESN; null for text, held and cancelled results.</param>
/// <param name="HoldReasons">What it waits for.</param>
/// <param name="Superseded">Whether a newer version is on file.</param>
public sealed record StoredResult(
    long ResultKey, LabResult Result, long ReceivedUs, string Sender, string? Test, double? StandardValue, HoldReasons HoldReasons, bool Superseded)
{
    /// <summary>Whether LabServer computed it from others.</summary>
    public bool IsDerived => Result.Laboratory == DerivedResult.Laboratory;
}
