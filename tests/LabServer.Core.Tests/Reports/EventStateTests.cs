using LabServer.Core.Grading;
using LabServer.Core.Reports;

namespace LabServer.Core.Tests.Reports;

public sealed class EventStateTests
{
    private static readonly EventState Base = new("f1", 2, 0, "2021-03-02", null, "Anemia", 3, "2021-03-05", Removed: false, "");

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "nothing before", "New", "", "" },
        { "gone before", "New", "had been gone", "" },
        { "higher grade", "Worse", "grade 2 → 3; results 3 → 4", "" },
        { "ended", "Changed", "end ongoing → 2021-03-09", "" },
        { "onset moved", "Changed", "onset 2021-03-02 → 2021-03-01; review reopened", "ReviewReopened" },
        { "within", "Changed", "grades or dates of results within", "" },
        { "no longer found", "Removed", "no longer found by grading", "" },
        { "withdrawn", "Removed", "withdrawn", "ReportAmended" },
        { "came and went", "Removed", "found and gone since the last report", "" },
        { "reviewed only", "Review", "reviewed", "Reviewed" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Difference_IsSaidInWords(string what, string news, string words, string kind)
    {
        (EventState? Before, EventState After) states = what switch
        {
            "nothing before" => (null, Base),
            "gone before" => (Base with { Removed = true }, Base),
            "higher grade" => (Base, Base with { Fingerprint = "f2", Grade = 3, Results = 4 }),
            "ended" => (Base, Base with { Fingerprint = "f2", EndedAt = "2021-03-09" }),
            "onset moved" => (Base, Base with { Fingerprint = "f2", Onset = "2021-03-01" }),
            "within" => (Base, Base with { Fingerprint = "f2" }),
            "came and went" => (null, Base with { Removed = true }),
            "reviewed only" => (Base, Base),
            _ => (Base, Base with { Removed = true }),
        };
        var kinds = kind.Length == 0 ? new HashSet<EventChangeKind>() : [Enum.Parse<EventChangeKind>(kind)];

        Assert.Equal(news, $"{EventState.News(states.Before, states.After)}");
        Assert.Equal(words, EventState.Difference(states.Before, states.After, kinds));
    }
}
