namespace LabServer.Core;

/// <summary>
/// Named attributes of a subject (severity, race, country, …) in the order of their names. Two are equal when they hold
/// the same names and values, so that a subject which is sent again can be told from a changed one.
/// </summary>
public sealed class SubjectAttributes : IEquatable<SubjectAttributes>
{
    private readonly SortedList<string, string> _values;

    private SubjectAttributes(SortedList<string, string> values) => _values = values;

    /// <summary>No attribute.</summary>
    public static SubjectAttributes None { get; } = new([]);

    /// <summary>Values by name, in the order of the names.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The value of an attribute; empty: the subject does not have it.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>
    /// Attributes by name. Blanks around a value are dropped, since they would make two strata that look the same, and so
    /// is a value that is empty then: it says nothing.
    /// </summary>
    /// <param name="values">Names and values; a later one of the same name wins.</param>
    public static SubjectAttributes Of(IEnumerable<KeyValuePair<string, string>> values)
    {
        SortedList<string, string>? sorted = null;
        foreach (var (name, value) in values)
        {
            if (value.Trim() is { Length: > 0 } text)
            {
                (sorted ??= new SortedList<string, string>(StringComparer.Ordinal))[name] = text;
            }
        }

        return sorted is null ? None : new SubjectAttributes(sorted);
    }

    /// <inheritdoc/>
    public bool Equals(SubjectAttributes? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubjectAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (name, value) in _values)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
