namespace LabServer.Core.Grading;

/// <summary>Why a series has no highest multiple of its upper limit from the first dose on. The numbers are stored.</summary>
public enum PeakGap
{
    /// <summary>It has one.</summary>
    None = 0,

    /// <summary>There is no result from the first dose on.</summary>
    NoResult = 1,

    /// <summary>All results are text, or of specimens that spoil the test.</summary>
    NotGradable = 2,

    /// <summary>All values are upper bounds such as <c>&lt;5</c>, which tell no highest value.</summary>
    BoundOnly = 3,

    /// <summary>No value has an upper limit.</summary>
    NoUpperLimit = 4,
}
