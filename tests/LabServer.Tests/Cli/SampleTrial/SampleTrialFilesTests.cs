using System.Security.Cryptography;

namespace LabServer.Tests.Cli.SampleTrial;

public sealed class SampleTrialFilesTests(SampleTrialFolder trial) : IClassFixture<SampleTrialFolder>
{
    [Theory]
    [InlineData("subjects.csv", "862a215d1723d070470a14c497ccd1ebf6462e91dbbe75e78a429407dd59b43d")]
    [InlineData("adverse-events.csv", "9b34b6cb142a293667d8d3482b62ac937d87bb1622ededadcded2f4f49241fd2")]
    [InlineData("results.csv", "e20d7b6758289af927e6310f94d9f7e534d05e846006dbff2a267e229d4dbdab")]
    public void Write_DefaultSeed_TheSameBytesOnEveryMachine(string file, string sha256)
    {
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(trial.Path, file)))));
    }

    [Fact]
    public void Write_AnotherSeed_AnotherTrial()
    {
        using var one = new SampleTrialFolder(1);
        using var other = new SampleTrialFolder(2);

        Assert.NotEqual(
            File.ReadAllText(Path.Combine(one.Path, "results.csv")), File.ReadAllText(Path.Combine(other.Path, "results.csv")));
    }

    [Fact]
    public void Write_Subjects_SixtyFiveAndThirtyFive()
    {
        Assert.Equal(65, trial.Subjects.Values.Count(subject => subject["arm"] == "MSC"));
        Assert.Equal(35, trial.Subjects.Values.Count(subject => subject["arm"] == "Placebo"));
        Assert.Equal(trial.Results.Count, trial.Results.DistinctBy(result => result.SourceResultId).Count());
    }

    [Theory]
    [InlineData("Baseline", 65, 35)]
    [InlineData("Day 10", 65, 35)]
    [InlineData("Month 1", 60, 35)]
    [InlineData("Month 3", 51, 30)]
    [InlineData("Month 6", 53, 29)]
    [InlineData("Month 9", 53, 27)]
    [InlineData("Month 12", 56, 30)]
    public void Write_Visit_AttendedAsPublished(string visit, int msc, int placebo)
    {
        Assert.Equal((msc, placebo), SampleTrialFolder.SubjectsByArm(trial.Results.Where(result => result.Visit == visit)));
    }

    // Published quartiles of NCT04288102 at baseline; hemoglobin: the mean, which is near its median.
    [Theory]
    [InlineData("WBC", 5.70, 5.80)]
    [InlineData("LYM", 1.39, 1.47)]
    [InlineData("CD4", 641, 734)]
    [InlineData("CD8", 371, 401)]
    [InlineData("CD19", 148.5, 148.5)]
    [InlineData("CD56", 233.5, 197.5)]
    [InlineData("NEUT", 3.48, 3.83)]
    [InlineData("PLAT", 214, 210)]
    [InlineData("HGB", 122.68, 124.26)]
    [InlineData("DDIMER", 0.58, 0.56)]
    [InlineData("INTLK6", 7.86, 8.76)]
    [InlineData("CRP", 1.95, 1.38)]
    public void Write_Baseline_MedianWithinFivePercentOfPublished(string test, double msc, double placebo)
    {
        Assert.InRange((double)Median(test, "Baseline", "MSC"), 0.95 * msc, 1.05 * msc);
        Assert.InRange((double)Median(test, "Baseline", "Placebo"), 0.95 * placebo, 1.05 * placebo);
    }

    [Fact]
    public void Write_InhibitionRate_FallsToThePublishedMedians()
    {
        foreach (var (arm, published) in new[] { ("MSC", 61.6), ("Placebo", 67.6) })
        {
            decimal[] medians =
            [
                Median("NEUTINH", "Baseline", arm), Median("NEUTINH", "Day 10", arm), Median("NEUTINH", "Month 1", arm),
                Median("NEUTINH", "Month 6", arm), Median("NEUTINH", "Month 12", arm),
            ];
            Assert.Equal(medians.OrderDescending(), medians);
            Assert.InRange((double)medians[^1], published - 3, published + 3);
        }

        Assert.All(trial.Results.Where(result => result.Test == "NEUTINH"), result => Assert.InRange(result.Value, 20m, 100m));
    }

    [Theory]
    [InlineData("CD4N", "CD4CM", "CD4EM", "CD4TEMRA")]
    [InlineData("CD8N", "CD8CM", "CD8EM", "CD8TEMRA")]
    public void Write_SubsetsOfAWhole_AddUpToAHundred(params string[] subsets)
    {
        var wholes = trial.Results.Where(result => subsets.Contains(result.Test)).GroupBy(result => (result.Subject, result.Visit)).ToArray();

        Assert.Equal(56 + 30, wholes.Length);
        Assert.All(wholes, whole => Assert.Equal(100m, whole.Sum(result => result.Value)));
        Assert.All(wholes.SelectMany(whole => whole), result => Assert.True(result.Value >= 0, result.SourceResultId));
    }

    [Fact]
    public void Write_LymphocyteShare_IsThatOfTheCountsBesideIt()
    {
        var values = trial.Results.ToDictionary(result => (result.Subject, result.Visit, result.Test), result => result.Value);

        Assert.All(values.Where(value => value.Key.Test == "LYMLE"), share =>
        {
            var lymphocytes = values[(share.Key.Subject, share.Key.Visit, "LYM")];
            var leukocytes = values[(share.Key.Subject, share.Key.Visit, "WBC")];
            Assert.InRange(share.Value - (100m * lymphocytes / leukocytes), -0.05m, 0.05m);
        });
    }

    private decimal Median(string test, string visit, string arm)
    {
        var values = trial.Results.Where(result => result.Test == test && result.Visit == visit && result.Arm == arm)
            .Select(result => result.Value).Order().ToArray();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
