using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

public sealed class StrataTests : IAsyncLifetime
{
    private static readonly Study Trial = new() { StudyId = "S", TimeZone = "UTC", Arms = ["B", "A", "C"] };

    private TestStudy _study = null!;

    public async Task InitializeAsync()
    {
        _study = await TestStudy.Create();
        await _study.Register(
            Subject("01", "A", Sex.Male, "1", "severe"),
            Subject("02", "B", Sex.Female, "2", "moderate"),
            Subject("03", "B", Sex.Unknown, "", ""),
            Subject("04", "", Sex.Undifferentiated, "1", "severe"),
            Subject("05", "A", Sex.Male, "1", "severe") with { FirstDoseAt = "" });
    }

    public async Task DisposeAsync() => await _study.DisposeAsync();

    [Theory]
    [InlineData("", "", "A 1, B 2,  1", "")]
    [InlineData("severity", "", "A 1, B 2,  1", "[]: 03 of A 0, B 1,  0; [moderate]: 02 of A 0, B 1,  0; [severe]: 01 04 of A 1, B 0,  1")]
    [InlineData("sex", "", "A 1, B 2,  1", "[]: 03 of A 0, B 1,  0; [F]: 02 of A 0, B 1,  0; [M]: 01 of A 1, B 0,  0; [UNDIFFERENTIATED]: 04 of A 0, B 0,  1")]
    [InlineData("site", "", "A 1, B 2,  1", "[]: 03 of A 0, B 1,  0; [1]: 01 04 of A 1, B 0,  1; [2]: 02 of A 0, B 1,  0")]
    [InlineData("severity", "B,A", "B 2, A 1", "[]: 03 of B 1, A 0; [moderate]: 02 of B 1, A 0; [severe]: 01 of B 0, A 1")]
    public void Read_SafetyPopulation_ByArmAndStratum(string splitBy, string arms, string sizes, string strata)
    {
        using var connection = _study.Database.Read();
        using var transaction = _study.Database.Dialect.BeginSnapshot(connection);

        var read = StrataStore.Read(_study.Database.Dialect, connection, transaction, _study.Study, ArmSight.Unblinded, splitBy, arms.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(sizes, Sizes(read.Arms));
        Assert.Equal(strata, string.Join("; ", read.Split.Select(stratum =>
            $"[{stratum.Value}]: {string.Join(' ', stratum.Subjects.Select(subject => subject.SubjectId))} of {Sizes(stratum.Arms)}")));
    }

    [Theory]
    [InlineData("", "", false, "")]
    [InlineData("sex", "A", false, "")]
    [InlineData("severity", "B,A", true, "")]
    [InlineData("Severity", "", false, "split_by AttributeUnknown")]
    [InlineData("arm", "", false, "split_by AttributeUnknown")]
    [InlineData("", "A,Z", false, "arms ArmUnknown")]
    [InlineData("", "A,A", true, "arms ArmRepeated")]
    [InlineData("", "A", true, "arms ArmsNotTwo")]
    [InlineData("", "", true, "arms ArmsNotTwo")]
    [InlineData("ward", "A,a", false, "split_by AttributeUnknown, arms ArmUnknown")]
    public void Check_WhatIsAskedFor_NamesEveryFault(string splitBy, string arms, bool compared, string expected)
    {
        var faults = new StrataStore(_study.Database)
            .Check(_study.Study, splitBy, arms.Split(',', StringSplitOptions.RemoveEmptyEntries), compared);

        Assert.Equal(expected, string.Join(", ", faults.Select(fault => $"{fault.Field} {fault.Code}")));
    }

    [Fact]
    public void Of_AnySubjects_StrataAddUpToTheWhole() => Prop.ForAll(
        Gen.Elements("A", "B", "C", "D", "").Zip(Gen.Elements("", "x", "y")).ListOf().ToArbitrary(),
        drawn =>
        {
            var subjects = drawn.Select((pair, i) => new StratumSubject(i + 1, $"{i:000}", pair.Item1, "2021-03-01", pair.Item2)).ToList();

            var strata = Strata.Of(Trial, subjects, "severity", []);

            Assert.Equal(subjects.Count, strata.Arms.Sum(arm => arm.Subjects));
            Assert.Equal(strata.Subjects, strata.Split.SelectMany(stratum => stratum.Subjects).OrderBy(subject => subject.SubjectId, StringComparer.Ordinal));
            Assert.Equal(
                subjects.Count == 0 ? [] : strata.Arms,
                strata.Split.SelectMany(stratum => stratum.Arms).GroupBy(arm => arm.Arm)
                    .Select(group => new ArmSize(group.Key, group.Sum(arm => arm.Subjects))));
        }).QuickCheckThrowOnFailure();

    private static string Sizes(IEnumerable<ArmSize> arms) => string.Join(", ", arms.Select(arm => $"{arm.Arm} {arm.Subjects}"));

    private static Subject Subject(string id, string arm, Sex sex, string site, string severity) => new()
    {
        SubjectId = id,
        Arm = arm,
        Sex = sex,
        SiteId = site,
        FirstDoseAt = "2021-03-01",
        Attributes = SubjectAttributes.Of([KeyValuePair.Create("severity", severity)]),
    };
}
