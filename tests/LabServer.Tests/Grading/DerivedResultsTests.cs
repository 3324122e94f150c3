using System.Text;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>Corrected calcium over the wire: calcium 1.80 mmol/L at albumin 30 g/L is 1.80 + 0.02 × 10 = 2.00.</summary>
public sealed class DerivedResultsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Id = "CACORR:CENTRAL/ca";

    [Fact]
    public async Task ListResults_DerivedResult_IsMarkedWithItsInputs()
    {
        var trial = await Graded();

        var derived = Assert.Single(await trial.AllResults(), result => result.Derived);

        Assert.Equal(("(derived)", Id, "2", "labserver"), (derived.Laboratory, derived.Result.SourceResultId, derived.Result.ReportedValue, derived.ReceivedFrom));
        Assert.Equal("1.8 + 0.02 × (40 − 30) = 2 mmol/L", derived.Computation);
        Assert.Equal(
            [("CENTRAL", "ca", 1u, "calcium"), ("CENTRAL", "alb", 1u, "albumin")],
            derived.Inputs.Select(input => (input.Laboratory, input.SourceResultId, input.Version, input.Role)));
    }

    [Fact]
    public async Task ListResults_WithoutDerived_GivesWhatLaboratoriesSent()
    {
        var trial = await Graded();

        var sent = await trial.Ingestion.ListResultsAsync(new ListResultsRequest { StudyId = trial.StudyId, ExcludeDerived = true });

        Assert.Equal(["ca", "alb"], sent.Results.Select(result => result.Result.SourceResultId));
        Assert.All(sent.Results, result => Assert.True(!result.Derived && result.Inputs.Count == 0 && result.Computation.Length == 0));
    }

    [Fact]
    public async Task GetStudy_DerivedResults_AreCountedApart()
    {
        var trial = await Graded();

        var counts = await trial.Counts();

        Assert.Equal((2, 1, 0), (counts.Results, counts.DerivedResults, counts.Pending));
    }

    [Fact]
    public async Task ExplainGrade_DerivedResult_SaysHowItWasComputed()
    {
        var trial = await Graded();

        var grade = (await trial.Grading.ExplainGradeAsync(new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = Id, RuleSetId = "ctcae-5.0" }))
            .Explanations.Single(explanation => explanation.Term == "Hypocalcemia");

        Assert.Equal((1, "corrected-calcium", "1.8 + 0.02 × (40 − 30) = 2 mmol/L"), (grade.Grade, grade.Derivation.FormulaId, grade.Derivation.Computation));
        Assert.Contains("0.02 × (40 − albumin g/L)", grade.Derivation.Formula, StringComparison.Ordinal);
        Assert.Contains("1973", grade.Derivation.Source, StringComparison.Ordinal);
        Assert.Equal(
            [("calcium", "CA", "1.80", "mmol/L", "2021-03-05"), ("albumin", "ALB", "30", "g/L", "2021-03-05")],
            grade.Derivation.Inputs.Select(input => (input.Role, input.TestCode, input.ReportedValue, input.ReportedUnit, input.CollectedAt)));
    }

    [Fact]
    public async Task ExplainGrade_ResultOfALaboratory_HasNoDerivation()
    {
        var trial = await Graded();

        var grades = await trial.Grading.ExplainGradeAsync(new ExplainGradeRequest { StudyId = trial.StudyId, SourceResultId = "alb", RuleSetId = "ctcae-5.0" });

        Assert.NotEmpty(grades.Explanations);
        Assert.All(grades.Explanations, grade => Assert.Null(grade.Derivation));
    }

    [Fact]
    public async Task SubmitResults_UnderTheReservedName_IsRefusedWithTheField()
    {
        var trial = await Graded();

        var fault = await Refused.With(
            StatusCode.InvalidArgument, "BATCH_INVALID", () => trial.SubmitFrom("(derived)", Trial.Alt("forged", "30")));

        Assert.Equal(["laboratory"], fault.Fields());
        Assert.Equal(2, (await trial.Counts()).Results);
    }

    [Fact]
    public async Task ExportDataset_DerivedResult_HasItsTypeAndInputs()
    {
        var trial = await Graded();
        using var call = trial.Summaries.ExportDataset(new ExportDatasetRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-5.0", Dataset = Dataset.Adlb });
        var text = new StringBuilder();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            text.Append(chunk.Content.ToStringUtf8());
        }

        using var reader = new StringReader(text.ToString());
        var rows = CsvText.Rows(reader).ToDictionary(row => row["SRCID"]);

        Assert.Contains(",ATOXGR,DTYPE,SRCIDS,", text.ToString().Split("\r\n")[0], StringComparison.Ordinal);
        Assert.Equal(("CALCULATION", "CENTRAL/ca; CENTRAL/alb"), (rows[Id]["DTYPE"], rows[Id]["SRCIDS"]));
        Assert.Equal(("", ""), (rows["ca"]["DTYPE"], rows["ca"]["SRCIDS"]));
    }

    private async Task<Trial> Graded()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Result("ca", "CA", "1.80", "mmol/L", "2.2"), Result("alb", "ALB", "30", "g/L", "35"));
        await trial.Grade();
        return trial;
    }

    private static LabResult Result(string id, string test, string value, string unit, string low) => new()
    {
        SourceResultId = id,
        SubjectId = "01",
        TestCode = test,
        ReportedValue = value,
        ReportedUnit = unit,
        ReferenceLow = low,
        CollectedAt = "2021-03-05",
    };
}
