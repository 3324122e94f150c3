namespace LabServer.Core.Summaries;

/// <summary>What of a record a summary looks at.</summary>
public enum BiomarkerMeasure
{
    /// <summary>AVAL.</summary>
    Value = 1,

    /// <summary>CHG: value minus baseline, of records after the first dose.</summary>
    Change = 2,

    /// <summary>PCHG: change in percent of the baseline; missing for a baseline of 0.</summary>
    PercentChange = 3,
}
