using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Counts shifts of one arm, by row and column.</summary>
internal sealed class ShiftCells
{
    // Past the highest category.
    private const int Size = (int)ShiftCategory.Missing + 1;

    private readonly int[] _cells = new int[Size * Size];
    private int _subjects;

    /// <summary>Counts one subject.</summary>
    public void Add(Shift shift)
    {
        _cells[((int)shift.Baseline * Size) + (int)shift.Value]++;
        _subjects++;
    }

    /// <summary>What was counted; cells by row and column, those with a subject.</summary>
    public ShiftCounts Counts(string arm)
    {
        var cells = new List<ShiftCell>();
        for (var i = 0; i < _cells.Length; i++)
        {
            if (_cells[i] > 0)
            {
                cells.Add(new ShiftCell(new Shift((ShiftCategory)(i / Size), (ShiftCategory)(i % Size)), _cells[i]));
            }
        }

        return new ShiftCounts(arm, _subjects, cells);
    }
}
