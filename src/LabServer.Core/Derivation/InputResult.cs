using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Derivation;

/// <summary>A result in force as derived tests see it: prepared like one that is graded, with what was sent beside its value.</summary>
/// <param name="Test">Its test.</param>
/// <param name="Observation">The observation, prepared (<see cref="SeriesPreparation"/>).</param>
/// <param name="Sent">What was sent beside it.</param>
public sealed record InputResult(TestDefinition Test, Observation Observation, SentFacts Sent)
{
    /// <summary>Its place among results of one moment.</summary>
    internal ResultOrder Order => new(Sent.SourceResultId, Sent.Laboratory);

    /// <summary>The number in one of the test's units; null for text, for a result barred from grading, and for sizes that no measurement has.</summary>
    internal Quantity? In(string unit)
    {
        if (Observation.Barred is not null || Observation.Value is not { } value || !Quantity.IsSound(value))
        {
            return null;
        }

        var (from, to) = (Test.FindUnit(Observation.Unit), Test.FindUnit(unit));
        return from is null || to is null ? null
            : new Quantity(from.Code == to.Code ? (decimal)value : (decimal)value * from.Factor / to.Factor, Observation.Qualifier);
    }

    /// <summary>As <see cref="In"/>, of a value that is no bound.</summary>
    internal decimal? ExactIn(string unit) => In(unit) is { Qualifier: ValueQualifier.None } quantity ? quantity.Number : null;
}

/// <summary>What was sent beside a value, and who sent it.</summary>
public sealed record SentFacts
{
    /// <summary>Result.</summary>
    public long ResultKey { get; init; }

    /// <summary>Laboratory.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's id.</summary>
    public string SourceResultId { get; init; } = "";

    /// <summary>Version.</summary>
    public long Version { get; init; }

    /// <summary>LBMETHOD as sent.</summary>
    public string Method { get; init; } = "";

    /// <summary>LBORNRLO as sent.</summary>
    public string ReferenceLow { get; init; } = "";

    /// <summary>LBORNRHI as sent.</summary>
    public string ReferenceHigh { get; init; } = "";

    /// <summary>LBORRES as sent.</summary>
    public string ReportedValue { get; init; } = "";

    /// <summary>LBSPEC.</summary>
    public string Specimen { get; init; } = "";

    /// <summary>VISIT.</summary>
    public string Visit { get; init; } = "";

    /// <summary>VISITNUM.</summary>
    public string VisitNumber { get; init; } = "";

    /// <summary>LBFAST as sent.</summary>
    public Fasting Fasting { get; init; }
}
