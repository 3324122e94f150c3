using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries;

public sealed class ShiftTableTests
{
    private static readonly Study Trial = new() { StudyId = "S", Arms = ["A", "B"] };
    private static readonly ShiftHeading Heading = new("ALT", "Alanine aminotransferase", null, ToxicityDirection.High, null);

    [Fact]
    public void Count_SubjectsWithAndWithoutResults_PutsEachInOneCell()
    {
        var table = Table(
            ("01", "A", ShiftCategory.Normal, ShiftCategory.High), ("02", "A", ShiftCategory.Normal, ShiftCategory.High),
            ("03", "A", ShiftCategory.NotGradable, ShiftCategory.Missing), ("04", "B", null, null));

        Assert.Equal(["A 3: NORMAL>HIGH 2, NOT_GRADABLE>MISSING 1", "B 1: MISSING>MISSING 1"], table.Arms.Select(Text));
        Assert.Equal(" 4: NORMAL>HIGH 2, NOT_GRADABLE>MISSING 1, MISSING>MISSING 1", Text(table.Total));
        Assert.Empty(table.Strata);
    }

    [Fact]
    public void Count_AnySubjectsInAnyOrder_AddsUpToTheSafetyPopulation()
    {
        var subjects = from arm in Gen.Elements("A", "B", "")
                       from stratum in Gen.Elements("", "x", "y")
                       from known in Gen.Elements(true, true, false)
                       from baseline in Gen.Elements(ShiftCategories.ByIndicator.ToArray())
                       from value in Gen.Elements(ShiftCategories.ByIndicator.ToArray())
                       select (arm, stratum, known, baseline, value);
        var cases = from all in subjects.ListOf() from seed in Gen.Choose(0, 1000) select (All: all.ToList(), seed);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var population = c.All.Select((s, i) => new StratumSubject(i, $"{i:0000}", s.arm, "2021-03-01", s.stratum)).ToArray();
            var shifts = c.All.Select((s, i) => (s, i)).Where(e => e.s.known).ToDictionary(e => (long)e.i, e => new Shift(e.s.baseline, e.s.value));
            var shuffled = population.ToArray();
            new Random(c.seed).Shuffle(shuffled);

            var table = Count(Strata.Of(Trial, population, "severity", []), shifts);
            var again = Count(Strata.Of(Trial, shuffled, "severity", []), shifts.Reverse().ToDictionary());

            return AddsUp(table.Total, population.Length)
                && table.Arms.All(arm => AddsUp(arm, population.Count(subject => subject.Arm == arm.Arm)))
                && table.Arms.Sum(arm => arm.Subjects) == population.Length
                && table.Strata.Sum(stratum => stratum.Total.Subjects) == population.Length
                && table.Strata.All(stratum => AddsUp(stratum.Total, population.Count(subject => subject.Stratum == stratum.Value)))
                && Everything(table) == Everything(again);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool AddsUp(ShiftCounts counts, int subjects) =>
        counts.Subjects == subjects && counts.Cells.Sum(cell => cell.Subjects) == subjects && counts.Cells.All(cell => cell.Subjects > 0);

    private static string Everything(ShiftTable table) => string.Join('\n', table.Arms.Append(table.Total)
        .Concat(table.Strata.SelectMany(stratum => stratum.Arms.Append(stratum.Total))).Select(Text));

    private static string Text(ShiftCounts counts) => FormattableString.Invariant(
        $"{counts.Arm} {counts.Subjects}: {string.Join(", ", counts.Cells.Select(cell => $"{cell.Shift.Baseline.Word()}>{cell.Shift.Value.Word()} {cell.Subjects}"))}");

    private static ShiftTable Table(params (string Id, string Arm, ShiftCategory? Baseline, ShiftCategory? Value)[] subjects) => Count(
        Strata.Of(Trial, subjects.Select((s, i) => new StratumSubject(i, s.Id, s.Arm, "2021-03-01", "")), "", []),
        subjects.Select((s, i) => (s, i)).Where(e => e.s.Baseline is not null)
            .ToDictionary(e => (long)e.i, e => new Shift(e.s.Baseline!.Value, e.s.Value!.Value)));

    private static ShiftTable Count(Strata strata, IReadOnlyDictionary<long, Shift> shifts)
    {
        var population = new ShiftPopulation(strata);
        return population.Count(Heading, population.ByPlace(shifts, Shift.Missing));
    }
}
