namespace LabServer.Core.Summaries;

/// <summary>The visits that come up while records are read, each with a number of its own, and what orders them.</summary>
internal sealed class VisitSlots(IReadOnlyList<VisitWindow> windows, IReadOnlyDictionary<long, (string Visit, string Number)> sent)
{
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<string, int> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, int> _byKey = [];

    /// <summary>How many there are.</summary>
    public int Count => _slots.Count;

    /// <summary>Whether the slot of a visit that was sent is known from an earlier result.</summary>
    public bool TryFind(long? visitKey, out int slot)
    {
        slot = default;
        return visitKey is { } known && _byKey.TryGetValue(known, out slot);
    }

    /// <summary>The slot of a result's visit (<see cref="VisitWindows.Assign"/>); null: it lies at none.</summary>
    /// <param name="visitKey">The visit sent; null: none.</param>
    /// <param name="days">Study days the result can be of.</param>
    public int? Of(long? visitKey, StudyDays? days)
    {
        var (visit, number) = visitKey is { } key ? sent[key] : ("", "");
        var isSent = !string.IsNullOrWhiteSpace(visit);
        var assigned = VisitWindows.Assign(windows, visit, number, days);
        if (assigned.Source == VisitSource.None)
        {
            return null;
        }

        var slot = Of(assigned);
        if (isSent)
        {
            _byKey.Add(visitKey!.Value, slot);
        }

        return slot;
    }

    /// <summary>Target day of the window of a slot's visit; null: none is said.</summary>
    public int? TargetDay(int slot) => _slots[slot].Window?.TargetDay;

    /// <summary>Counts a record of a slot for the place of its visit among the others.</summary>
    public void Add(int slot, double daysAfterDose) => _slots[slot].Days.Add(daysAfterDose);

    /// <summary>The slots that have a record, in the order to show.</summary>
    public IReadOnlyList<int> Order()
    {
        var used = Enumerable.Range(0, _slots.Count).Where(slot => _slots[slot].Days.Count > 0).ToList();
        return [.. VisitOrder.Sort([.. used.Select(Visit)], windows, i => _slots[used[i]].MedianDay()).Select(i => used[i])];
    }

    /// <summary>The visit of a slot.</summary>
    public SummaryVisit Visit(int slot) => new(_slots[slot].Name, _slots[slot].Number, _slots[slot].Window);

    // A visit is one whatever the case of its name. Spelling and number do not hang on which result came first.
    private int Of(AnalysisVisit visit)
    {
        var name = visit.Visit.Trim();
        if (!_byName.TryGetValue(name, out var slot))
        {
            slot = _slots.Count;
            _byName.Add(name, slot);
            _slots.Add(new Slot(name, windows.FirstOrDefault(window => string.Equals(window.Visit.Trim(), name, StringComparison.OrdinalIgnoreCase))));
        }

        _slots[slot].Include(name, visit.Number.Trim());
        return slot;
    }

    private sealed class Slot(string name, VisitWindow? window)
    {
        public string Name { get; private set; } = window?.Visit ?? name;

        public VisitWindow? Window => window;

        public string Number { get; private set; } = "";

        public List<double> Days { get; } = [];

        public double MedianDay()
        {
            Days.Sort();
            return (Days[(Days.Count - 1) / 2] + Days[Days.Count / 2]) / 2;
        }

        public void Include(string spelling, string number)
        {
            Name = window is null && string.CompareOrdinal(spelling, Name) < 0 ? spelling : Name;
            Number = Number.Length == 0 || (number.Length > 0 && IsLess(number, Number)) ? number : Number;
        }

        private static bool IsLess(string a, string b) => (VisitOrder.Number(a), VisitOrder.Number(b)) switch
        {
            ({ } x, { } y) when x != y => x < y,
            ({ }, null) => true,
            (null, { }) => false,
            _ => string.CompareOrdinal(a, b) < 0,
        };
    }
}
