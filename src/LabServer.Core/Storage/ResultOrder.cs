namespace LabServer.Core.Storage;

/// <summary>
/// Order of results of one moment: by the sender's id, shorter ids first so that <c>/9</c> comes before <c>/10</c>, then
/// by laboratory. The order of arrival must not decide which of them is the baseline or the onset.
/// </summary>
internal readonly record struct ResultOrder(string SourceResultId, string Laboratory) : IComparable<ResultOrder>
{
    public int CompareTo(ResultOrder other)
    {
        var byLength = SourceResultId.Length.CompareTo(other.SourceResultId.Length);
        var byId = byLength != 0 ? byLength : string.CompareOrdinal(SourceResultId, other.SourceResultId);
        return byId != 0 ? byId : string.CompareOrdinal(Laboratory, other.Laboratory);
    }
}
