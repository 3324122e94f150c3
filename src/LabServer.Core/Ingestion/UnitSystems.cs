namespace LabServer.Core.Ingestion;

/// <summary>
/// The systems of units a reported unit belongs to. Criteria have their own published numbers per system, so a result is
/// graded by the numbers of the system it was reported in, never by a converted threshold.
/// </summary>
[Flags]
public enum UnitSystems
{
    /// <summary>Not said. Never the case in a catalogue that was read.</summary>
    None = 0,

    /// <summary>Système international, for instance <c>mmol/L</c> of glucose.</summary>
    Si = 1,

    /// <summary>Conventional (US), for instance <c>mg/dL</c> of glucose.</summary>
    Us = 2,

    /// <summary>Used in both with the same number, for instance <c>U/L</c>, <c>%</c> or <c>meq/L</c> of potassium.</summary>
    Both = Si | Us,
}
