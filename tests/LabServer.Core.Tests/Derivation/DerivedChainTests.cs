using LabServer.Core.Access;
using LabServer.Core.Derivation;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Derivation;

/// <summary>
/// Derived results that feed others, and everything besides a result that changes them: leukocytes 5.0 × 30 % lymphocytes =
/// 1.5 × 10^9/L, × 40 % CD4 = 600 and × 20 % CD8 = 300 cells a microlitre, ratio 2.
/// </summary>
public sealed class DerivedChainTests
{
    private static readonly LabResult[] Count =
    [
        Result("wbc", "WBC", "5.0", "10*9/L"), Result("lym", "LYMLE", "30", "%"),
        Result("cd4", "CD4PCT", "40", "%"), Result("cd8", "CD8PCT", "20", "%"),
    ];

    [Fact]
    public async Task Chain_InOneRun_IsDerivedToItsEndAndNamesItsInputs()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Count);

        await study.Grade();

        Assert.Equal(["CD4 600", "CD4CD8 2", "CD8 300", "LYM 1.5"], Derived(study));
        Assert.All(All(study), result => Assert.Equal(1, result.Result.Version));
        var ratio = All(study).Single(result => result.Test == "CD4CD8");
        Assert.Equal(
            [("CD4", "(derived)", "CD4:CENTRAL/cd4", 1L), ("CD8", "(derived)", "CD8:CENTRAL/cd8", 1L)],
            study.Derivations.Find(ratio.ResultKey)!.Inputs.Select(input => (input.Role, input.Laboratory, input.SourceResultId, input.Version)));
    }

    [Fact]
    public async Task Chain_FirstInputAmended_RecomputesEverythingBehindIt()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Count);
        await study.Grade();

        await study.Push(Count[0] with { ReportedValue = "2.5", Version = 2 });
        await study.Grade();

        // 2.5 × 0.3 = 0.75; 300 and 150; the ratio is the same and of new inputs.
        Assert.Equal(["CD4 300", "CD4CD8 2", "CD8 150", "LYM 0.75"], Derived(study));
        Assert.All(All(study).GroupBy(result => result.Result.SourceResultId), versions => Assert.Equal(2, versions.Count()));
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task Chain_FirstInputCancelled_LeavesTheRatioOfPercentages()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Count);
        await study.Grade();

        await study.Push(Count[0] with { ReportedValue = "", Version = 2, Status = ResultStatus.Cancelled });
        await study.Grade();

        Assert.Equal(["CD4CD8 2"], Derived(study));
        Assert.Equal(["CD4CD8:CENTRAL/cd4"], InForce(study).Select(result => result.Result.SourceResultId));
    }

    [Fact]
    public async Task CutOff_OfTheStudyChanged_DecidesAnewAndTheExplanationNamesIt()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Result("inh", "NEUTINH", "25", "%"));
        await study.Grade();
        Assert.Equal(["NEUTPOS POSITIVE"], Derived(study));

        await study.Studies.ChangeSettings(study.Study.StudyKey, settings => settings with { NeutralisationCutoff = 30 }, TestStudy.Tester, CancellationToken.None);
        await study.Grade();

        Assert.Equal(["NEUTPOS NEGATIVE"], Derived(study));
        Assert.Equal("25 % is under the cut-off 30 %: NEGATIVE", study.Derivations.Find(InForce(study)[0].ResultKey)!.Computation);
    }

    [Fact]
    public async Task Subject_BirthDateRegisteredLater_GivesTheClearance()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Result("w", "WEIGHT", "80", "kg", "2021-03-01"), Result("crea", "CREAT", "1.0", "mg/dL"));
        await study.Grade();
        Assert.Empty(Derived(study));

        await study.Register(new Subject { SubjectId = "01", Arm = "A", PlannedArm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01", BirthDate = "1960-05-10" });
        await study.Grade();

        Assert.Equal(["CREATCLR 88.8888888888889"], Derived(study));
    }

    [Fact]
    public async Task Weight_EarlierOneArrivesLate_ChangesEveryClearanceBehindIt()
    {
        await using var study = await Create();
        await study.Register(new Subject { SubjectId = "01", Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01", BirthDate = "1960-05-10" });
        await study.Push(Result("c1", "CREAT", "1.0", "mg/dL", "2021-03-05"), Result("c2", "CREAT", "1.0", "mg/dL", "2021-03-09"));
        await study.Grade();
        Assert.Empty(Derived(study));

        await study.Push(Result("w", "WEIGHT", "72", "kg", "2021-03-01"));
        await study.Grade();

        Assert.Equal(["CREATCLR 80", "CREATCLR 80"], Derived(study));
    }

    [Fact]
    public async Task Primary_MovedToAnotherSubject_TakesTheDerivedResultWithIt()
    {
        foreach (var (from, to) in new[] { ("01", "02"), ("02", "01") })
        {
            await using var study = await Create();
            await study.Register("01");
            await study.Register("02");
            var positive = Result("inh", "NEUTINH", "25", "%") with { SubjectId = from };
            await study.Push(positive);
            await study.Grade();

            await study.Push(positive with { SubjectId = to, Version = 2 });
            await study.Grade();

            var row = Assert.Single(study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet), row => row.IsDerived);
            Assert.Equal((to, "POSITIVE", "CENTRAL/inh"), (row.SubjectId, row.ValueText, row.Inputs));
            Assert.Equal(0, (await study.GradeFully()).Differences);
            Assert.Equal(to, Assert.Single(InForce(study)).Result.SubjectId);
        }
    }

    [Fact]
    public async Task PanelFlags_OfSubsetsThatDoNotAddUp_AreWrittenAndGoWithTheCorrection()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Result("n", "CD4N", "40", "%"), Result("cm", "CD4CM", "30", "%"), Result("em", "CD4EM", "20", "%"), Result("te", "CD4TEMRA", "20", "%"));
        await study.Grade();
        var subjectKey = study.Subjects.All(study.Study.StudyKey)[0].SubjectKey;
        Assert.Equal(["CD4CM", "CD4EM", "CD4N", "CD4TEMRA"], study.Derivations.Flags(subjectKey).Select(flag => flag.Test).Order(StringComparer.Ordinal));

        await study.Push(Result("te", "CD4TEMRA", "10", "%") with { Version = 2 });
        await study.Grade();

        Assert.Empty(study.Derivations.Flags(subjectKey));
    }

    [Fact]
    public async Task Explanation_OfADerivedResult_HasFormulaNumbersAndInputs()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Count);
        await study.Grade();

        var explained = study.Explanations.Explain(InForce(study).Single(result => result.Test == "LYM").ResultKey, Study.DefaultRuleSet)[0];

        Assert.Equal("5 × 0.3 = 1.5 10*9/L", explained.DerivedFrom!.Computation);
        Assert.Equal("WBC × LYMLE as a fraction, in the unit of WBC", explained.DerivedFrom.Formula!.Words);
        Assert.Equal(["lym", "wbc"], explained.DerivedFrom.Inputs.Select(input => input.SourceResultId));
    }

    [Fact]
    public async Task Derived_ManyRandomOrdersOfArrival_EndInTheSameState()
    {
        LabResult[] history =
        [
            .. Count,
            Count[0] with { Version = 2, ReportedValue = "4.0" },
            Count[2] with { Version = 2, ReportedValue = "", Status = ResultStatus.Cancelled },
            Count[2] with { Version = 3, ReportedValue = "10" },
            Result("own", "CD8", "250", "/uL"),
            Result("own", "CD8", "", "/uL") with { Version = 2, Status = ResultStatus.Cancelled },
            Result("ca", "CA", "1.8", "mmol/L"), Result("alb", "ALB", "30", "g/L"),
            Result("alb", "ALB", "45", "g/L") with { Version = 2 },
            Result("inh", "NEUTINH", "<10", "%"),
        ];
        var expected = await StateOf(history, new Random(0));
        Assert.Contains("CD4 120 CD4:CENTRAL/cd4 ", string.Join("\n", expected), StringComparison.Ordinal); // 4.0 × 0.3 × 0.1

        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            var shuffled = history.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(expected, await StateOf(shuffled, random));
        }
    }

    private static async Task<List<string>> StateOf(LabResult[] results, Random random)
    {
        await using var study = await Create();
        await study.Register("01");
        foreach (var result in results)
        {
            await study.Push(result);
            if (random.Next(3) == 0)
            {
                await study.Grade();
            }
        }

        await study.Grade();
        Assert.Equal(0, (await study.GradeFully()).Differences);
        return
        [
            .. study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet)
                .Select(row => $"{row.TestCode} {row.ValueText} {row.SourceResultId} {row.Inputs} {row.Low} {row.High}"),
            .. study.AllEvents().Select(e => $"{e.Term.Name} {e.WorstGrade} {string.Join(",", e.History.Select(point => point.SourceResultId))}"),
        ];
    }

    private static List<string> Derived(TestStudy study) =>
        [.. InForce(study).Select(result => $"{result.Test} {result.Result.ReportedValue}").Order(StringComparer.Ordinal)];

    private static List<StoredResult> InForce(TestStudy study) =>
        [.. All(study).Where(result => !result.Superseded && result.Result.Status != ResultStatus.Cancelled)];

    private static List<StoredResult> All(TestStudy study) =>
        [.. study.Results.List(study.Study.StudyKey, "", "", true, 0, 1000).Where(result => result.Result.Laboratory == DerivedResult.Laboratory)];

    private static LabResult Result(string id, string test, string value, string unit, string at = "2021-03-05") => new()
    {
        StudyId = StudyId,
        Laboratory = Laboratory,
        SourceResultId = id,
        SubjectId = "01",
        TestCode = test,
        ReportedValue = value,
        ReportedUnit = unit,
        CollectedAt = at,
    };
}
