namespace LabServer.Cli.SampleTrial;

/// <summary>Draws all results of the sample trial: subject by subject, visit by visit, test by test.</summary>
internal sealed class SampleResults
{
    private readonly long _seed;
    private readonly SampleAttendance _attendance;
    private readonly Dictionary<(string Subject, string Test), decimal> _shares = [];

    /// <summary>The subjects, in the order of enrolment.</summary>
    public IReadOnlyList<SampleSubject> Subjects { get; }

    /// <summary>Sets the trial up; nothing but <paramref name="seed"/> decides what it looks like.</summary>
    public SampleResults(long seed)
    {
        _seed = seed;
        Subjects = SampleSubjects.Draw(seed);
        _attendance = new SampleAttendance(seed, Subjects);
        foreach (var test in SampleTests.Drawn)
        {
            foreach (var arm in Subjects.GroupBy(subject => subject.Arm))
            {
                Spread(test, [.. arm]);
            }
        }
    }

    /// <summary>The results, in the order in which the laboratory would give them out for each subject.</summary>
    public IEnumerable<SampleResult> Draw() => Subjects.SelectMany(Draw);

    // Subjects are spread evenly over the quantiles, not drawn anew, so that medians and quartiles come out as set.
    private void Spread(SampleTest test, SampleSubject[] arm)
    {
        // Tests that were done in part of the subjects go by panel: the same subjects have CD4, CD8, CD19 and CD56.
        var count = test.Measured(arm[0].Arm) ?? arm.Length;
        var measured = SampleRandom.For(_seed, $"panel/{test.Category}/{arm[0].Arm}").Shuffle(arm)
            .OrderByDescending(subject => IsPlanned(subject, test)).Take(count);
        var order = MixIn(SampleRandom.For(_seed, $"order/{test.Code}/{arm[0].Arm}").Shuffle(measured));
        foreach (var planned in order.Where(subject => IsPlanned(subject, test)).ToArray())
        {
            MakeRoom(order, planned, test);
        }

        for (var place = 0; place < order.Length; place++)
        {
            _shares[(order[place].SubjectId, test.Code)] = ShareAt(place, order.Length);
        }
    }

    // Who misses month 12 is spread evenly among the others, so that the medians of those who come stay as set too.
    private SampleSubject[] MixIn(SampleSubject[] shuffled)
    {
        var present = shuffled.Where(subject => _attendance.CollectedAt(subject, SampleVisit.All[^1]) is not null).ToArray();
        var absent = shuffled.Except(present).ToArray();
        return [.. present.Select((subject, place) => (subject, At: ShareAt(place, present.Length)))
            .Concat(absent.Select((subject, place) => (subject, At: ShareAt(place, absent.Length))))
            .OrderBy(item => item.At)
            .Select(item => item.subject)];
    }

    // Who gets a finding is normal at baseline. Where its place is not, it changes places with another subject rather
    // than change the value: the medians stay as set.
    private static void MakeRoom(SampleSubject[] order, SampleSubject planned, SampleTest test)
    {
        var from = Array.IndexOf(order, planned);
        var to = IsNormal(from) ? from : Enumerable.Range(1, order.Length - 1)
            .Select(step => (from + (step * 37)) % order.Length)
            .FirstOrDefault(place => IsNormal(place) && !IsPlanned(order[place], test), from);
        (order[from], order[to]) = (order[to], order[from]);

        bool IsNormal(int place)
        {
            var limits = test.LimitsOf(planned.IsWoman);
            var value = test.BaselineOf(planned.Arm).At(ShareAt(place, order.Length), planned.IsWoman);
            return value >= (limits.Low ?? value) && value <= (limits.High ?? value);
        }
    }

    private static decimal ShareAt(int place, int count) => (place + 0.5m) / count;

    private IEnumerable<SampleResult> Draw(SampleSubject subject)
    {
        var specimens = new SubjectSpecimens(
            _seed, subject, test => _shares.TryGetValue((subject.SubjectId, test.Code), out var share) ? share : null);
        var visits = SampleVisit.All.Where(visit => _attendance.CollectedAt(subject, visit) is not null).ToArray();
        specimens.Place(subject.Findings, visits);
        return visits.SelectMany(visit => specimens.Draw(visit).Select(value => new SampleResult(
            subject, visit, _attendance.CollectedAt(subject, visit)!.Value, value.Test, value.Value)));
    }

    private static bool IsPlanned(SampleSubject subject, SampleTest test) =>
        subject.Findings.Any(finding => finding.Test == test.Code);
}
