using System.Collections;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LabServer.Tests.Torture;

/// <summary>The text fields of messages.</summary>
internal static class TextFields
{
    /// <summary>Every text field of a message and of the messages that are in it, by its path, with what puts a text there.</summary>
    public static IEnumerable<(string Path, Action<IMessage, string> Set)> Of(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsMap)
            {
                yield return (field.Name, (target, text) => ((IDictionary)field.Accessor.GetValue(target))["attribute"] = text);
                yield return ($"{field.Name}.key", (target, text) => ((IDictionary)field.Accessor.GetValue(target))[text] = "value");
            }
            else if (field.FieldType == FieldType.String)
            {
                yield return field.IsRepeated
                    ? (field.Name, (target, text) => ((IList)field.Accessor.GetValue(target)).Add(text))
                    : (field.Name, (target, text) => field.Accessor.SetValue(target, text));
            }
            else if (field.FieldType == FieldType.Message && Inner(field, message) is { } inner)
            {
                foreach (var (path, set) in Of(inner))
                {
                    yield return ($"{field.Name}.{path}", (target, text) => set(Inner(field, target)!, text));
                }
            }
        }
    }

    /// <summary>Every text in a message, also in JSON that it has as a text.</summary>
    public static IEnumerable<string> In(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            IEnumerable values = value is IDictionary map ? map.Keys.Cast<object>().Concat(map.Values.Cast<object>()) : value is IList list ? list : new[] { value };
            foreach (var one in values)
            {
                foreach (var text in one is IMessage inner ? In(inner) : one is string plain ? Json(plain).Append(plain) : [])
                {
                    yield return text;
                }
            }
        }
    }

    private static IEnumerable<string> Json(string text) => text is ['{' or '[', ..] && Parsed(text) is { } json ? Leaves(json) : [];

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => Leaves(entry.Value).Append(entry.Key)),
        JsonArray list => list.SelectMany(Leaves),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static IMessage? Inner(FieldDescriptor field, IMessage message) =>
        field.Accessor.GetValue(message) switch { IMessage one => one, IList { Count: > 0 } list => list[0] as IMessage, _ => null };
}
