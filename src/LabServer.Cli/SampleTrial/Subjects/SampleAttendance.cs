namespace LabServer.Cli.SampleTrial;

/// <summary>Who came to which visit, and when.</summary>
internal sealed class SampleAttendance
{
    private readonly Dictionary<(string Subject, string Visit), DateTime> _collectedAt = [];

    /// <summary>Draws the missed visits and the days within their windows.</summary>
    public SampleAttendance(long seed, IReadOnlyList<SampleSubject> subjects)
    {
        foreach (var visit in SampleVisit.All)
        {
            var random = SampleRandom.For(seed, $"visit/{visit.Name}");
            foreach (var arm in Enum.GetValues<SampleArm>())
            {
                var present = random.Shuffle(subjects.Where(subject => subject.Arm == arm)).Take(visit.Attendance(arm));
                foreach (var subject in present)
                {
                    var day = subject.FirstDoseAt.Date.AddDays(visit.Day + random.Between(-visit.Window, visit.Window));
                    _collectedAt[(subject.SubjectId, visit.Label)] = day.AddMinutes(random.Between(7 * 60, 10 * 60));
                }
            }
        }
    }

    /// <summary>When blood was taken. Null: the subject missed the visit.</summary>
    public DateTime? CollectedAt(SampleSubject subject, SampleVisit visit) =>
        _collectedAt.TryGetValue((subject.SubjectId, visit.Label), out var at) ? at : null;
}
