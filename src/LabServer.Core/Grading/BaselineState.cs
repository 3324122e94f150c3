namespace LabServer.Core.Grading;

/// <summary>What a rule may ask of the baseline besides its value.</summary>
public enum BaselineState
{
    /// <summary>BNRIND is HIGH.</summary>
    High = 1,

    /// <summary>BNRIND is not HIGH; also when it is missing.</summary>
    NotHigh = 2,

    /// <summary>BNRIND is LOW.</summary>
    Low = 3,

    /// <summary>BNRIND is not LOW; also when it is missing.</summary>
    NotLow = 4,

    /// <summary>There is a baseline value and it is above the upper limit of the result under grading.</summary>
    AboveUln = 5,

    /// <summary>There is no baseline value, or it is at most the upper limit of the result under grading.</summary>
    NotAboveUln = 6,

    /// <summary>There is a baseline value.</summary>
    Present = 7,

    /// <summary>There is no baseline value.</summary>
    Absent = 8,
}
