using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>The one result of a test that stands for a subject at a visit (ANL01FL), or its baseline record (ABLFL).</summary>
public sealed record VisitRecord
{
    /// <summary>Key of the result it is.</summary>
    public required long ResultKey { get; init; }

    /// <summary>LBDTC in UTC microseconds; the start of the period for a partial date.</summary>
    public required long CollectedUs { get; init; }

    /// <summary>
    /// AVAL: the number in the test's standard unit. With a <see cref="Qualifier"/> the bound that was sent, which AVAL
    /// leaves out. Null for a word or mark.
    /// </summary>
    public double? Value { get; init; }

    /// <summary>What stood before the number.</summary>
    public ValueQualifier Qualifier { get; init; }

    /// <summary>AVALC of a word or mark, without surrounding blanks; of a coded test also of a number. Else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>ANRIND by its own range; null when it cannot be told.</summary>
    public RangeIndicator? Indicator { get; init; }

    /// <summary>Whether it lies after the first dose, or may: only then there is a change from baseline.</summary>
    public bool AfterFirstDose { get; init; }

    /// <summary>Whether it is text or of a spoiled specimen, and stands here only since the visit has nothing else.</summary>
    public bool IsBarred { get; init; }
}
