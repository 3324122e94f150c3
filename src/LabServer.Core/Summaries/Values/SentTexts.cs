using System.Data.Common;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>Words and marks that were sent for values, read when they are first asked for: a test has few.</summary>
internal sealed class SentTexts(DbConnection connection, DbTransaction transaction)
{
    private readonly Dictionary<long, string> _texts = [];

    /// <summary>The text, without surrounding blanks.</summary>
    public string this[long textKey] =>
        _texts.TryGetValue(textKey, out var text) ? text : _texts[textKey] = TestSeriesStore.Text(connection, transaction, textKey).Trim();
}
