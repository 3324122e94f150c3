namespace LabServer.Core.Ingestion;

/// <summary>Checks the attributes of a subject.</summary>
internal static class SubjectAttributeChecks
{
    private const int MaxNameLength = 64;

    // Fields of the subject that tables can be asked for by name, and the arms: an attribute of such a name would stand
    // for another thing, or show an arm where none may be shown.
    private static readonly string[] Reserved = ["sex", "site", "arm", "planned_arm"];

    /// <summary>Adds every fault of the attributes. Field names are <c>attributes.NAME</c>.</summary>
    public static void Check(SubjectAttributes attributes, ref List<Fault>? faults)
    {
        foreach (var (name, value) in attributes.Values)
        {
            if (!IsName(name))
            {
                ResultTextChecks.Add(
                    ref faults, FaultCode.AttributeNameInvalid, "attributes",
                    $"A name of an attribute is 1 to {MaxNameLength} letters, digits, '_' or '-'.");
                continue;
            }

            if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                ResultTextChecks.Add(
                    ref faults, FaultCode.AttributeNameInvalid, $"attributes.{name}",
                    $"{name} is a field of the subject and no name for an attribute.");
            }

            ResultTextChecks.Check(value, $"attributes.{name}", required: false, ref faults);
        }
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
