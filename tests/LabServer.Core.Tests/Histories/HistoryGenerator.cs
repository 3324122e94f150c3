using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>Makes up a history. The same seed and number always give the same one.</summary>
internal sealed partial class HistoryGenerator
{
    public const string UnknownUnit = "Einheiten";

    public static IReadOnlyList<string> Laboratories { get; } = ["CENTRAL", "LOCAL A", "LOCAL B"];

    private readonly Random _random;
    private readonly int _number;
    private readonly List<TestShape> _tests;
    private readonly DateTime _dose;
    private readonly List<LabResult> _newest = [];
    private readonly List<LabResult> _sent = [];
    private readonly List<LabResult> _skipped = [];
    private readonly Dictionary<string, Subject> _subjects = [];
    private int _ids;

    private HistoryGenerator(int seed, int number)
    {
        _number = number;
        _random = new Random(unchecked((seed * 1_000_003) + number));
        _tests = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(TestShape.All)).Distinct()];
        _dose = new DateTime(2021, 3, _random.Next(5, 25), 0, 0, 0, DateTimeKind.Unspecified);
    }

    private string First => string.Create(CultureInfo.InvariantCulture, $"{_number:00000}-A");

    private string Second => string.Create(CultureInfo.InvariantCulture, $"{_number:00000}-B");

    /// <summary>History <paramref name="number"/> of a seed: 10 to 25 steps.</summary>
    public static History Make(int seed, int number)
    {
        var generator = new HistoryGenerator(seed, number);
        var steps = new List<HistoryStep>();
        for (var count = generator._random.Next(10, 26); steps.Count < count;)
        {
            steps.Add(generator.Step(steps.Count));
        }

        return new History(number, steps);
    }

    // Now and then the results come before their subject is registered.
    private HistoryStep Step(int step)
    {
        if (step == 0 && Chance(85))
        {
            return Register(First);
        }

        if (!_subjects.ContainsKey(First) && step >= 5)
        {
            return Register(First);
        }

        return _random.Next(100) switch
        {
            < 52 => New(),
            < 66 => Amend(),
            < 71 => Late(),
            < 77 => Cancel(),
            < 82 => Again(),
            < 84 => Conflict(),
            < 94 => ChangeSubject(),
            _ => Register(Second),
        };
    }

    private PushStep New()
    {
        var results = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Result()).ToList();
        if (Chance(10))
        {
            results.Add(results[0]);
        }

        return Push("new results", results);
    }

    private PushStep Amend()
    {
        if (_newest.Count == 0)
        {
            return New();
        }

        var old = Pick(_newest);
        var next = old with { Version = old.Version + 1, Status = ResultStatus.Corrected };
        var fresh = Result(old.TestCode);
        next = _random.Next(6) switch
        {
            0 => next with { SubjectId = old.SubjectId == First ? Second : First },
            1 => Result() with { SourceResultId = old.SourceResultId, Laboratory = old.Laboratory, Version = next.Version },
            2 => next with { CollectedAt = fresh.CollectedAt },
            3 => next with { ReferenceLow = fresh.ReferenceLow, ReferenceHigh = fresh.ReferenceHigh, ReportedUnit = fresh.ReportedUnit, ReportedValue = fresh.ReportedValue },
            _ => next with { ReportedValue = WithNewValue(next) },
        };
        next = old.Status == ResultStatus.Cancelled && next.ReportedValue.Length == 0 ? next with { ReportedValue = "1" } : next;
        if (Chance(25))
        {
            // The one between comes later, or never.
            _skipped.Add(next);
            next = next with { Version = next.Version + 1, ReportedValue = WithNewValue(next) };
        }

        return Push(old.Status == ResultStatus.Cancelled ? "reinstate" : "amend", [next]);
    }

    private PushStep Late()
    {
        if (_skipped.Count == 0)
        {
            return Again();
        }

        var late = Pick(_skipped);
        _skipped.Remove(late);
        return Push("an older version arrives late", [late]);
    }

    private PushStep Cancel()
    {
        if (_newest.Count == 0)
        {
            return New();
        }

        var old = Pick(_newest);
        return Push("cancel", [old with
        {
            Version = old.Version + 1,
            Status = ResultStatus.Cancelled,
            ReportedValue = Chance(50) ? "" : old.ReportedValue,
        }]);
    }

    private PushStep Again() => _sent.Count == 0 ? New() : Push("sent again", [.. Enumerable.Range(0, 3).Select(_ => Pick(_sent))]);

    private PushStep Conflict() => _sent.Count == 0 ? New() : Push("same version, other content", [Pick(_sent) with { Visit = "UNSCHEDULED" }]);

    private SubjectStep Register(string subjectId)
    {
        var subject = new Subject
        {
            SubjectId = subjectId,
            Arm = "A",
            Sex = Pick([Sex.Male, Sex.Female, Sex.Unknown, Sex.Undifferentiated]),
            BirthDate = BirthDate(),
            FirstDoseAt = Chance(90) ? Dose() : "",
            OnAnticoagulation = Pick([YesNo.Unspecified, YesNo.Unspecified, YesNo.Yes, YesNo.No]),
            HivInfected = Pick([YesNo.Unspecified, YesNo.Yes, YesNo.No]),
        };
        _subjects[subjectId] = subject;
        return new SubjectStep("register", subject);
    }

    private SubjectStep ChangeSubject()
    {
        if (!_subjects.TryGetValue(First, out var known))
        {
            return Register(First);
        }

        var changed = _random.Next(5) switch
        {
            0 => known with { Sex = Pick([Sex.Male, Sex.Female, Sex.Unknown]) },
            1 => known with { BirthDate = BirthDate() },
            2 => known with { OnAnticoagulation = Pick([YesNo.Unspecified, YesNo.Yes, YesNo.No]), HivInfected = Pick([YesNo.Unspecified, YesNo.Yes, YesNo.No]) },
            3 => known with { FirstDoseAt = "" },
            _ => known with { FirstDoseAt = Dose() },
        };
        _subjects[First] = changed;
        return new SubjectStep("change", changed);
    }

    private PushStep Push(string what, List<LabResult> results)
    {
        foreach (var result in results)
        {
            _sent.Add(result);
            var at = _newest.FindIndex(known => known.Laboratory == result.Laboratory && known.SourceResultId == result.SourceResultId);
            if (at < 0)
            {
                _newest.Add(result);
            }
            else if (_newest[at].Version < result.Version)
            {
                _newest[at] = result;
            }
        }

        return new PushStep(what, results);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
