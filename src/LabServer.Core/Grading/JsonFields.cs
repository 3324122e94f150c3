using System.Text.Json;

namespace LabServer.Core.Grading;

/// <summary>One object of a rule-set file while it is read: every field is asked for by name, every fault is noted with its place.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _faults;

    public JsonFields(JsonElement element, string place, List<string> faults)
    {
        _object = element;
        Place = place;
        _faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault("must be an object");
        }
    }

    /// <summary>Where this object stands: term / criterion / grade. Set once the name is known.</summary>
    public string Place { get; set; }

    public List<string> Faults => _faults;

    public void Fault(string fault) => _faults.Add(Place.Length == 0 ? fault : $"{Place}: {fault}");

    public JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out var value) ? value : null;
    }

    public JsonFields? Object(string name) => Find(name) is { } value ? new JsonFields(value, Place, _faults) : null;

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString();
        }

        Fault($"{name} must be a text that is not blank");
        return null;
    }

    public string RequiredText(string name)
    {
        if (Find(name) is null)
        {
            Fault($"{name} is missing");
        }

        return Text(name) ?? string.Empty;
    }

    public bool? Flag(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Fault($"{name} must be true or false");
                return null;
        }
    }

    public int? Whole(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        Fault($"{name} must be a whole number");
        return null;
    }

    /// <summary>A number; null with a fault when it is none.</summary>
    public decimal? Number(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && FifteenDigits.Round(number) == number)
        {
            return number;
        }

        Fault($"{name} must be a number of at most 15 significant digits");
        return null;
    }

    public IReadOnlyList<JsonElement> List(string name, bool required)
    {
        switch (Find(name))
        {
            case { ValueKind: JsonValueKind.Array } list when !required || list.GetArrayLength() > 0:
                return [.. list.EnumerateArray()];
            case null when !required:
                return [];
            default:
                Fault($"{name} must be a list" + (required ? " that is not empty" : string.Empty));
                return [];
        }
    }

    public IReadOnlyList<string> Texts(string name, bool required)
    {
        var texts = new List<string>();
        foreach (var element in List(name, required))
        {
            if (element.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(element.GetString()))
            {
                texts.Add(element.GetString()!);
            }
            else
            {
                Fault($"{name} must hold texts that are not blank");
            }
        }

        foreach (var twice in texts.GroupBy(t => t, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            Fault($"{name} names {twice.Key} more than once");
        }

        return texts;
    }

    /// <summary>One word of a fixed list; null with a fault for any other.</summary>
    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text, out var word))
        {
            return word;
        }

        Fault($"{name} \"{text}\" is not one of {string.Join(", ", words.Keys)}");
        return null;
    }

    public IEnumerable<JsonProperty> All => _object.ValueKind == JsonValueKind.Object ? _object.EnumerateObject() : [];

    /// <summary>Notes every field that nothing asked for: a misspelt name must not be passed over.</summary>
    public void NoOthers()
    {
        foreach (var property in All)
        {
            if (!_asked.Contains(property.Name))
            {
                Fault($"unknown field \"{property.Name}\"");
            }
        }
    }
}
