using System.Text.RegularExpressions;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Histories;

/// <summary>The model proves something only as long as it decides nothing with what it is to prove.</summary>
public sealed partial class ModelIndependenceTests
{
    [Fact]
    public void Model_ItsFiles_NameNothingOfTheProductsGrading()
    {
        var folder = Checkout.File("tests", "LabServer.Core.Tests", "Histories", "Model");
        var files = Directory.GetFiles(folder, "*.cs");

        Assert.True(files.Length > 10);
        Assert.All(files, file => Assert.Empty(OfGrading().Matches(File.ReadAllText(file)).Select(match => match.Value)));
    }

    [Fact]
    public void Model_ItsTerms_AreAllOfThoseThatLookAtItsTests()
    {
        var ofProduct = ModelTerms.All.Select(term => term.RuleSet).Distinct()
            .SelectMany(set => Core.Grading.RuleSets.All.First(published => published.Id == set).Terms
                .SelectMany(term => term.Tests.Where(ModelUnits.AllTests.Contains).Select(test => $"{set} / {term.Name} / {test}")));

        Assert.Equal(ofProduct.Order(StringComparer.Ordinal), ModelTerms.All.Select(term => $"{term} / {term.Test}").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"Core\.(Grading|Storage|Derivation)|\b(Grader|SeriesGrader|BoundGrader|RuleSetReader|Criterion|Observation|ReferenceRange|PartialDateTime|FifteenDigits|GradeOutcome|RangeIndicator|StudyRanges|LaboratoryRange|UnitDefinition|TestDefinition|TestCatalogue)\b")]
    private static partial Regex OfGrading();
}
