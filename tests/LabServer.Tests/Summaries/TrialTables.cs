using System.Globalization;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>
/// The trial's tables as raw results of its 65 + 35 subjects: what the printed counts and quartiles say, each result
/// with a value that a laboratory or a site could have sent. Loaded and graded once. Empty where the files are not there.
/// </summary>
public sealed class TrialTables : IAsyncLifetime, IAsyncDisposable
{
    public const string Baseline = "domain/trial-table1-baseline-labs.csv";
    public const string NormalCt = "domain/trial-table2-normal-ct.csv";
    public const string Symptoms = "domain/trial-table3-symptoms.csv";
    public const string Pain = "domain/trial-pain-nrs-month12.csv";

    /// <summary>Tests by the names that the tables print.</summary>
    public static readonly IReadOnlyDictionary<string, string> Tests = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Loss of appetite"] = "SYAPPET",
        ["Sleep difficulties"] = "SYSLEEP",
        ["Pain or discomfort"] = "SYPAIN",
        ["Fatigue or muscle weakness"] = "SYFATIG",
        ["Decreased usual activity"] = "SYACTIV",
        ["Anxiety or depression"] = "SYANXDEP",
        ["CD19 B cells"] = "CD19",
        ["CD56 NK cells"] = "CD56",
    };

    // Values of the pain scale by category, as the scale defines them.
    private static readonly Dictionary<string, string[]> Scores = new(StringComparer.Ordinal)
    {
        ["none"] = ["0"],
        ["mild"] = ["1", "2", "3"],
        ["moderate"] = ["4", "5", "6"],
        ["severe"] = ["7", "8", "9", "10"],
    };

    private ServerFixture? _server;
    private Trial? _trial;
    private int _results;

    public Trial Trial => _trial ?? throw new InvalidOperationException("The trial's tables are not there.");

    /// <summary>Rows of a file; lines that start with <c>#</c> are remarks.</summary>
    public static List<Dictionary<string, string>> Rows(string file)
    {
        var text = string.Join('\n', File.ReadLines(SharedData.PathOf(file)!).Where(line => !line.StartsWith('#')));
        return [.. CsvText.Rows(new StringReader(text))];
    }

    public static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        if (new[] { Baseline, NormalCt, Symptoms, Pain }.Any(file => SharedData.PathOf(file) is null))
        {
            return;
        }

        _server = await ServerFixture.Start();
        _trial = await Trial.Create(_server);
        await _trial.Register([.. Arm("A", 65), .. Arm("B", 35)]);
        foreach (var batch in YesNo(Rows(Symptoms), row => Tests[row["symptom"]]).Concat(YesNo(Rows(NormalCt), _ => "CTNORM"))
            .Concat(PainScores()).Concat(Measured()).Chunk(5000))
        {
            var outcome = await _trial.Submit(batch);
            Assert.All(outcome.Dispositions, disposition => Assert.Equal(Disposition.Accepted, disposition));
        }

        await _trial.Grade();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private static IEnumerable<Subject> Arm(string arm, int count) => Enumerable.Range(1, count).Select(i => new Subject
    {
        SubjectId = Id(arm, i),
        Arm = arm,
        Sex = i % 2 == 0 ? Sex.Male : Sex.Female,
        FirstDoseAt = "2020-03-05",
    });

    private static string Id(string arm, int number) => FormattableString.Invariant($"{arm}-{number:000}");

    // The first subjects of an arm have the event, the next have not, the rest was not asked.
    private IEnumerable<LabResult> YesNo(IEnumerable<Dictionary<string, string>> rows, Func<Dictionary<string, string>, string> test)
    {
        foreach (var row in rows)
        {
            foreach (var (arm, name) in new[] { ("A", "msc"), ("B", "placebo") })
            {
                for (var i = 1; i <= Whole(row[name + "_n"]); i++)
                {
                    yield return Result(test(row), Id(arm, i), row["visit"], i <= Whole(row[name + "_events"]) ? "Y" : "N");
                }
            }
        }
    }

    private IEnumerable<LabResult> PainScores()
    {
        foreach (var (arm, column) in new[] { ("A", "msc_n"), ("B", "placebo_n") })
        {
            var scores = Rows(Pain).SelectMany(row => Enumerable.Range(0, Whole(row[column])).Select(i => Scores[row["category"]][i % Scores[row["category"]].Length]));
            foreach (var (score, i) in scores.Select((score, i) => (score, i)))
            {
                yield return Result("PAINNRS", Id(arm, i + 1), "Month 12", score);
            }
        }
    }

    private IEnumerable<LabResult> Measured()
    {
        foreach (var row in Rows(Baseline))
        {
            foreach (var (arm, name) in new[] { ("A", "msc"), ("B", "placebo") })
            {
                var (n, value, first) = (Whole(row[name + "_n"]), Number(row[name + "_value"]), Number(row[name + "_q1_or_sd"]));
                var values = row["statistic"] == "mean (SD)" ? WithMean(n, value, first) : WithQuartiles(n, first, value, Number(row[name + "_q3"]));
                foreach (var (number, i) in values.Select((number, i) => (number, i)))
                {
                    yield return Result(
                        Tests.GetValueOrDefault(row["test"], row["test"]), Id(arm, i + 1), "Baseline", number.ToString(CultureInfo.InvariantCulture), row["unit"]);
                }
            }
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    // An odd number of values, one at the mean and the others a standard deviation away: their SD is exactly that.
    private static IEnumerable<decimal> WithMean(int n, decimal mean, decimal sd)
    {
        Assert.Equal(1, n % 2);
        return Enumerable.Range(0, n).Select(i => i == 0 ? mean : i % 2 == 0 ? mean + sd : mean - sd);
    }

    // Ranks 1 to n on straight lines through the quartiles, which stand at the ranks that SAS definition 5 reads.
    private static IEnumerable<decimal> WithQuartiles(int n, decimal q1, decimal median, decimal q3)
    {
        (int Rank, decimal Value)[] anchors =
        [
            (1, q1 / 2), .. Ranks(n, 1).Select(rank => (rank, q1)), .. Ranks(n, 2).Select(rank => (rank, median)), .. Ranks(n, 3).Select(rank => (rank, q3)),
            (n, q3 + (q3 - median)),
        ];
        return Enumerable.Range(1, n).Select(rank =>
        {
            var below = anchors.Last(anchor => anchor.Rank <= rank);
            var above = anchors.First(anchor => anchor.Rank >= rank);
            return above.Rank == below.Rank
                ? below.Value
                : decimal.Round(below.Value + ((above.Value - below.Value) * (rank - below.Rank) / (above.Rank - below.Rank)), 4);
        });
    }

    private static IEnumerable<int> Ranks(int n, int quarters)
    {
        var (rank, rest) = Math.DivRem(n * quarters, 4);
        return rest == 0 ? [rank, rank + 1] : [rank + 1];
    }

    private LabResult Result(string test, string subject, string visit, string value, string unit = "")
    {
        var month = visit == "Baseline" ? 0 : Whole(visit["Month ".Length..]);
        return new LabResult
        {
            SourceResultId = FormattableString.Invariant($"R{++_results}"),
            SubjectId = subject,
            TestCode = test,
            ReportedValue = value,
            ReportedUnit = unit,
            CollectedAt = new DateOnly(2020, 3, 4).AddMonths(month).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Visit = visit,
            VisitNumber = month.ToString(CultureInfo.InvariantCulture),
        };
    }
}
