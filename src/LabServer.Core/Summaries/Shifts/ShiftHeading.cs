using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>What a shift table shows.</summary>
/// <param name="Test">Key of the test.</param>
/// <param name="TestName">Its name.</param>
/// <param name="Term">The term whose grades are counted; null: range indicators are.</param>
/// <param name="Direction">
/// Direction of the term. Of range indicators: low for the lowest and high for the highest from the first dose on; null at a
/// visit, which has one.
/// </param>
/// <param name="Visit">Visit that is compared with baseline; null: the worst from the first dose on.</param>
public sealed record ShiftHeading(string Test, string TestName, Term? Term, ToxicityDirection? Direction, SummaryVisit? Visit)
{
    /// <summary>Rows and columns, in their order.</summary>
    public IReadOnlyList<ShiftCategory> Categories => Term is null ? ShiftCategories.ByIndicator : ShiftCategories.ByGrade;
}
