namespace LabServer.Core.Ingestion;

/// <summary>A result after its checks: either faults, or all that is understood of it, ready to be stored.</summary>
public sealed class CheckedResult
{
    internal CheckedResult(LabResult result, IReadOnlyList<Fault> faults)
    {
        Result = result;
        Faults = faults;
    }

    /// <summary>The result as sent.</summary>
    public LabResult Result { get; }

    /// <summary>Every fault. Empty: it is to be stored, or held.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Whether it has faults. What else is understood of it then says nothing.</summary>
    public bool IsRejected => Faults.Count > 0;

    /// <summary>What of test and unit is not known; whether the subject is, only the store can tell.</summary>
    public HoldReasons HoldReasons { get; internal init; }

    /// <summary>The test. Null: not known.</summary>
    public TestDefinition? Test { get; internal init; }

    /// <summary>The reported unit, <c>1</c> for a test without one. Null: not known, or missing.</summary>
    public UnitDefinition? Unit { get; internal init; }

    /// <summary>LBORRES read. Without number and text where a cancelled result has no readable value.</summary>
    public ReportedValue Value { get; internal init; }

    /// <summary>
    /// LBSTRESN: the number in the standard unit of the test, also where it has a qualifier. Null for a text, a
    /// cancelled result, and as long as test or unit are not known.
    /// </summary>
    public double? StandardValue { get; internal init; }

    /// <summary>The limits that were sent, in the reported unit.</summary>
    public ReferenceRange ReportedRange { get; internal init; }

    /// <summary>The limits that were sent, in the standard unit. Empty as long as test or unit are not known.</summary>
    public ReferenceRange StandardRange { get; internal init; }

    /// <summary>LBDTC read, with its precision.</summary>
    public PartialDateTime CollectedAt { get; internal init; }

    /// <summary>First microsecond that the collection can mean, since 1970-01-01T00:00Z.</summary>
    public long CollectedUs { get; internal init; }

    /// <summary>When the result was given out. Null: not sent.</summary>
    public PartialDateTime? ResultedAt { get; internal init; }
}
