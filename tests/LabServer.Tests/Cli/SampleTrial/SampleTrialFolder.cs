using System.Globalization;
using LabServer.Cli.SampleTrial;

namespace LabServer.Tests.Cli.SampleTrial;

/// <summary>The sample trial, written to a folder and read back from its files as any reader would.</summary>
public sealed class SampleTrialFolder : IDisposable
{
    public SampleTrialFolder()
        : this(SampleTrialFiles.DefaultSeed)
    {
    }

    internal SampleTrialFolder(long seed)
    {
        Path = Directory.CreateTempSubdirectory("sample-trial-").FullName;
        SampleTrialFiles.Write(Path, seed);
        Subjects = Rows("subjects.csv").ToDictionary(row => row["subject_id"]);
        Events = [.. Rows("adverse-events.csv").Select(row => new ReportedEvent(row, Subjects[row["subject_id"]]))];
        Results = [.. Rows("results.csv").Select(row => new Result(row, Subjects[row["subject_id"]]))];
    }

    public string Path { get; }

    public IReadOnlyDictionary<string, Dictionary<string, string>> Subjects { get; }

    public IReadOnlyList<Result> Results { get; }

    public IReadOnlyList<ReportedEvent> Events { get; }

    /// <summary>The last result of each subject and test before the first dose.</summary>
    public Dictionary<(string Subject, string Test), Result> Baselines() => Results.Where(result => !result.AfterFirstDose)
        .GroupBy(result => (result.Subject, result.Test))
        .ToDictionary(group => group.Key, group => group.MaxBy(result => result.CollectedAt)!);

    /// <summary>Subjects of MSC and of placebo among <paramref name="results"/>.</summary>
    public static (int Msc, int Placebo) SubjectsByArm(IEnumerable<Result> results)
    {
        var subjects = results.DistinctBy(result => result.Subject).ToArray();
        return (subjects.Count(result => result.Arm == "MSC"), subjects.Count(result => result.Arm == "Placebo"));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(System.IO.Path.Combine(Path, file));
        var header = lines[0].Split(',');
        return lines.Skip(1).Select(line => header.Zip(Fields(line)).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    // Quoted fields hold commas, and never quotes.
    private static string[] Fields(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part.Replace(',', ';')] : new[] { part })
            .Aggregate("", (text, part) => text + part).Split(',')];

    public sealed class ReportedEvent(Dictionary<string, string> row, Dictionary<string, string> subject)
    {
        public string Subject => row["subject_id"];

        public string Arm => subject["arm"];

        public string Term => row["coded_term"];

        public int Grade { get; } = int.Parse(row["grade"], CultureInfo.InvariantCulture);

        public string Serious => row["serious"];

        /// <summary>Study day; 1 is the day of the first dose.</summary>
        public int Day { get; } = Date(row["onset"]).DayNumber - Date(subject["first_dose_at"][..10]).DayNumber + 1;

        private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public sealed class Result(Dictionary<string, string> row, Dictionary<string, string> subject)
    {
        public string Subject => row["subject_id"];

        public string Arm => subject["arm"];

        public string Test => row["test_code"];

        public string Visit => row["visit"];

        public string Unit => row["reported_unit"];

        public string CollectedAt => row["collected_at"];

        public string SourceResultId => row["source_result_id"];

        public bool AfterFirstDose => string.CompareOrdinal(CollectedAt, subject["first_dose_at"]) > 0;

        public decimal Value { get; } = decimal.Parse(row["reported_value"], CultureInfo.InvariantCulture);

        public decimal? Low { get; } = Limit(row["reference_low"]);

        public decimal? High { get; } = Limit(row["reference_high"]);

        public bool IsHigh => Value > High;

        public bool IsLow => Value < Low;

        private static decimal? Limit(string text) =>
            text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }
}
