using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries;

/// <summary>Tables counted from events as text: <c>A: ALT 1, Cough 3 | B: -</c> is a subject of arm A and one of arm B.</summary>
public sealed class IncidenceCountsTests
{
    private static readonly Dictionary<string, EventTerm> Terms = new()
    {
        ["ALT"] = new("ALT", "Investigations", ToxicityDirection.High),
        ["AST"] = new("AST", "Investigations", ToxicityDirection.High),
        ["Cough"] = new("Cough", "Respiratory", null),
        ["Pruritus"] = new("Pruritus", "", null),
    };

    [Theory]
    // Rows are: term or class, then of A, B and all: grades 1-2 / 3-4 / 5 = any.
    [InlineData("A: ALT 1 | B: -", "any: 1/0/0=1 0/0/0=0 1/0/0=1; ALT: 1/0/0=1 0/0/0=0 1/0/0=1")]
    [InlineData("A: ALT 2, Cough 4 | A: ALT 3 | B: Cough 5",
        "any: 0/2/0=2 0/0/1=1 0/2/1=3; ALT: 1/1/0=2 0/0/0=0 1/1/0=2; Cough: 0/1/0=1 0/0/1=1 0/1/1=2")]
    [InlineData("B: Pruritus 1 | B: Pruritus 1 | A: ALT 1", "any: 1/0/0=1 2/0/0=2 3/0/0=3; Pruritus: 0/0/0=0 2/0/0=2 2/0/0=2; ALT: 1/0/0=1 0/0/0=0 1/0/0=1")]
    [InlineData("A: - | B: -", "any: 0/0/0=0 0/0/0=0 0/0/0=0")]
    public void Of_Events_CountsEachSubjectOnceATermAtItsWorst(string events, string expected)
    {
        var table = Table(new IncidenceQuery { RuleSetIds = [] }, events);

        Assert.Equal(expected, string.Join("; ", table.Terms.Select(row => Text(row.Term.Name, row.Incidence)).Prepend(Text("any", table.Any))));
    }

    [Theory]
    [InlineData("A: ALT 1, AST 3 | B: AST 2, Cough 1 | B: Cough 1 | A: Pruritus 1",
        "Investigations: 0/1/0=1 1/0/0=1 1/1/0=2; Respiratory: 0/0/0=0 2/0/0=2 2/0/0=2; : 1/0/0=1 0/0/0=0 1/0/0=1",
        "AST, Cough, ALT, Pruritus", "Pruritus, AST, ALT, Cough")]
    public void Of_Events_CountsEachSubjectOnceAClassAndOrdersByClassWhereAsked(string events, string classes, string byFrequency, string byClass)
    {
        var table = Table(new IncidenceQuery { RuleSetIds = [] }, events);
        var ordered = Table(new IncidenceQuery { RuleSetIds = [], ByClass = true }, events);

        Assert.Equal(classes, string.Join("; ", table.Classes.Select(row => Text(row.SystemOrganClass, row.Incidence))));
        Assert.Equal(byFrequency, string.Join(", ", table.Terms.Select(row => row.Term.Name)));
        Assert.Equal(byClass, string.Join(", ", ordered.Terms.Select(row => row.Term.Name)));
        Assert.Equal(["", "Investigations", "Respiratory"], ordered.Classes.Select(row => row.SystemOrganClass));
    }

    [Fact]
    public void Of_Comparison_IsOfSubjectsWithAnyGradeAgainstAllOfTheArm()
    {
        // ALT in 3 of 4 against 1 of 4: 0.75 - 0.25; odds 3 over 1/3; Fisher's p by hand, 2 (4·4 + 1) / 70.
        var table = Table(new IncidenceQuery { RuleSetIds = [], Compare = true }, "A: ALT 1 | A: ALT 3 | A: ALT 1 | A: - | B: ALT 1 | B: - | B: - | B: -");

        var comparison = Assert.Single(table.Terms).Incidence.Comparison!;

        Assert.Equal(0.5, comparison.RiskDifference.Estimate);
        Assert.Equal(9, comparison.OddsRatio.Estimate!.Value, 1e-12);
        Assert.Equal(34.0 / 70, comparison.Test.P!.Value, 1e-12);
        Assert.Equal(comparison.Test, table.Any.Comparison!.Test);
        Assert.Equal(comparison.Test, Assert.Single(table.Classes).Incidence.Comparison!.Test);
    }

    [Theory]
    // serious asked, relatedness asked; serious said, relatedness said; taken: yes, no or nobody has said it.
    [InlineData(YesNo.Unspecified, "", YesNo.Unspecified, Relatedness.None, "yes")]
    [InlineData(YesNo.Yes, "", YesNo.Yes, Relatedness.None, "yes")]
    [InlineData(YesNo.Yes, "", YesNo.No, Relatedness.None, "no")]
    [InlineData(YesNo.Yes, "", YesNo.Unspecified, Relatedness.Definite, "not said")]
    [InlineData(YesNo.No, "", YesNo.No, Relatedness.None, "yes")]
    [InlineData(YesNo.Unspecified, "Possible,Definite", YesNo.Unspecified, Relatedness.Possible, "yes")]
    [InlineData(YesNo.Unspecified, "Possible,Definite", YesNo.Yes, Relatedness.Unlikely, "no")]
    [InlineData(YesNo.Unspecified, "Possible", YesNo.Yes, Relatedness.None, "not said")]
    [InlineData(YesNo.Yes, "Possible", YesNo.Yes, Relatedness.None, "not said")]
    [InlineData(YesNo.Yes, "Possible", YesNo.No, Relatedness.None, "no")]
    [InlineData(YesNo.Yes, "Possible", YesNo.Unspecified, Relatedness.Unlikely, "no")]
    [InlineData(YesNo.Yes, "Possible", YesNo.Yes, Relatedness.Possible, "yes")]
    public void Takes_WhatIsSaid_IsTakenOrNotOrNotSaid(YesNo serious, string relatedness, YesNo saidSerious, Relatedness saidRelated, string expected)
    {
        var query = new IncidenceQuery
        {
            RuleSetIds = [],
            Serious = serious,
            Relatedness = [.. relatedness.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Relatedness>)],
        };

        Assert.Equal(expected, query.Takes(saidSerious, saidRelated) switch { true => "yes", false => "no", null => "not said" });
    }

    [Fact]
    public void Of_AnyEvents_AddsUp() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Subjects(), subjects =>
        {
            var query = new IncidenceQuery { RuleSetIds = [], Serious = YesNo.Yes };
            var whole = IncidenceTable.Of(query, Arms(subjects), subjects, []);
            var strata = subjects.GroupBy(subject => subject.Subject.Stratum)
                .Select(group => IncidenceTable.Of(query, Arms([.. group]), [.. group], [])).ToList();

            // Any event is at least one term.
            Assert.Equal(subjects.Count(subject => subject.Worst.Count > 0), whole.Any.Total.Any);
            foreach (var incidence in whole.Terms.Select(row => row.Incidence).Concat(whole.Classes.Select(row => row.Incidence)).Append(whole.Any))
            {
                Assert.Equal(incidence.Total, Sum(incidence.Arms));
            }

            Assert.Equal(whole.Any.Total, Sum(strata.Select(stratum => stratum.Any.Total)));
            Assert.Equal(whole.Subjects, strata.Sum(stratum => stratum.Subjects));
            foreach (var row in whole.Terms)
            {
                var parts = strata.SelectMany(stratum => stratum.Terms).Where(part => part.Term == row.Term).Select(part => part.Incidence.Total);
                Assert.Equal(row.Incidence.Total, Sum(parts));
                Assert.True(whole.Any.Total.Any >= row.Incidence.Total.Any);
            }

            Assert.Equal(subjects.Sum(subject => subject.Unassessed), whole.Unassessed.Sum(count => count.Events));
        }));

    private static Arbitrary<List<SubjectEvents>> Subjects()
    {
        var events = Gen.Elements(Terms.Values.ToArray()).Zip(Gen.Choose(1, 5)).ListOf();
        return Gen.Elements("A", "B").Zip(Gen.Elements("", "x", "y")).Zip(events).Zip(Gen.Choose(0, 2)).ListOf()
            .Select(drawn => drawn.Select((row, i) => new SubjectEvents(
                new StratumSubject(i + 1, $"{i:000}", row.Item1.Item1.Item1, "2021-03-01", row.Item1.Item1.Item2),
                row.Item1.Item2.GroupBy(found => found.Item1).ToDictionary(group => group.Key, group => group.Max(found => found.Item2)),
                new Dictionary<EventTerm, int>(),
                row.Item2)).ToList())
            .ToArbitrary();
    }

    private static IncidenceTable Table(IncidenceQuery query, string events)
    {
        SubjectEvents[] subjects = [.. events.Split(" | ").Select((text, i) =>
        {
            var parts = text.Split(": ");
            var worst = parts[1].Split(", ").Where(part => part != "-").Select(part => part.Split(' '))
                .ToDictionary(part => Terms[part[0]], part => part[1][0] - '0');
            return new SubjectEvents(new StratumSubject(i + 1, $"{i:000}", parts[0], "2021-03-01", ""), worst, new Dictionary<EventTerm, int>(), 0);
        })];
        return IncidenceTable.Of(query, Arms(subjects), subjects, []);
    }

    private static ArmSize[] Arms(IReadOnlyList<SubjectEvents> subjects) =>
        [.. ((string[])["A", "B"]).Select(arm => new ArmSize(arm, subjects.Count(subject => subject.Subject.Arm == arm)))];

    private static GradeCounts Sum(IEnumerable<GradeCounts> parts) => parts.Aggregate(
        new GradeCounts("", 0, 0, 0, 0, 0),
        (sum, part) => new GradeCounts(
            "", sum.Grade1 + part.Grade1, sum.Grade2 + part.Grade2, sum.Grade3 + part.Grade3, sum.Grade4 + part.Grade4, sum.Grade5 + part.Grade5));

    private static string Text(string name, Incidence incidence) =>
        $"{name}: {string.Join(' ', incidence.Arms.Append(incidence.Total).Select(counts =>
            $"{counts.Grade1 + counts.Grade2}/{counts.Grade3 + counts.Grade4}/{counts.Grade5}={counts.Any}"))}";
}
