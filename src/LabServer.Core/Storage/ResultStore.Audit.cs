namespace LabServer.Core.Storage;

public sealed partial class ResultStore
{
    // Only the writer's thread comes here.
    private readonly Dictionary<(long LaboratoryKey, long SenderKey), ResultGroup> _groups = [];
    private WriteSession? _grouped;

    private ResultGroup Group(WriteSession session, in Sent sent, string studyId, string laboratory, string sender)
    {
        if (!ReferenceEquals(_grouped, session))
        {
            // What a transaction that failed had collected went with it.
            ForgetGroups();
            _grouped = session;
            session.BeforeCommit(() => WriteGroups(session));
        }

        if (!_groups.TryGetValue((sent.LaboratoryKey, sent.SenderKey), out var group))
        {
            group = new ResultGroup(studyId, laboratory, sender);
            _groups.Add((sent.LaboratoryKey, sent.SenderKey), group);
        }

        return group;
    }

    private void WriteGroups(WriteSession session)
    {
        foreach (var group in _groups.Values)
        {
            group.Write(session);
        }

        ForgetGroups();
        _grouped = null;
    }

    private void ForgetGroups()
    {
        foreach (var group in _groups.Values)
        {
            group.Dispose();
        }

        _groups.Clear();
    }
}
