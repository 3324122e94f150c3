using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Reports;

namespace LabServer.Core.Tests.Reports;

public sealed class CourseThresholdsTests
{
    [Theory]
    // CTCAE 5.0: > ULN, > 3.0, > 5.0 and > 20.0 × ULN with a normal baseline; × baseline where that was abnormal.
    [InlineData("Alanine aminotransferase increased", "U/L", 5.0, 40.0, 30.0, "1:40 2:120 3:200 4:800")]
    [InlineData("Alanine aminotransferase increased", "U/L", 5.0, 40.0, 50.0, "1:75 2:150 3:250 4:1000")]
    [InlineData("Alanine aminotransferase increased", "U/L", null, null, null, "")]
    // > ULN - 5.5, > 5.5 - 6.0, > 6.0 - 7.0, > 7.0 mmol/L.
    [InlineData("Hyperkalemia", "mmol/L", 3.5, 5.0, null, "1:5 2:5.5 3:6 4:7")]
    // < LLN - 10.0 g/dL; < 10.0 - 8.0 g/dL; < 8.0 g/dL.
    [InlineData("Anemia", "g/L", 130.0, 170.0, null, "1:130 2:100 3:80")]
    public void Of_ResultWithItsLimits_BeginsEachGradeWhereTheGraderDoes(
        string name, string unit, double? low, double? high, double? baseline, string expected)
    {
        var term = RuleSets.All.Single(set => set.Id == "ctcae-5.0").Find(name)!;
        var input = new GradeInput { Value = 1, Unit = unit, LowerLimit = low, UpperLimit = high, Baseline = baseline, BaselineUpperLimit = high, BaselineLowerLimit = low };
        var criterion = term.Criteria.First(criterion => criterion.Unit is null || criterion.Unit == unit);

        var found = CourseThresholds.Of(term, criterion, input);

        Assert.Equal(expected, string.Join(' ', found.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Grade}:{line.Value}"))));
        Assert.All(found, line =>
        {
            var step = term.Direction == ToxicityDirection.High ? 1e-6 : -1e-6;
            Assert.Equal(line.Grade, Grader.Grade(term, input with { Value = line.Value + step }).Grade);
            Assert.True(Grader.Grade(term, input with { Value = line.Value - step }).Grade < line.Grade);
        });
    }
}
