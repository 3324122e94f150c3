using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LabServer.Tests.Torture;

/// <summary>Messages, bytes and texts that are nearly right, from a seed.</summary>
internal sealed class Mutation(int seed)
{
    private const int DeepestMessage = 3;

    private static readonly string[] Texts =
    [
        "", "x", "01", "0001", "ALT", "K", "U/L", "mmol/L", "30", "4.5", "<0.5", "-1", "1e309", "2021-03-02", "2021-02-30", "2021-03-02T10:00:00Z", "9999-12-31",
        "ctcae-5.0", "ctcae-4.03", "CENTRAL", "A", "grading-incremental", "grading-full", "safety-report", "sex", "severity", "\0", "\u202Eabc", "';--", "\U0001F9EA",
        "{\"id\":\"x\"}", "*", "../../etc/passwd", new string('9', 300), new string('é', 3000),
    ];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    public T Of<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>A message of a type, most of its fields filled with what may be right.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="known">Texts that the server knows, for instance of its studies, for the fields with these names.</param>
    /// <param name="depth">How many messages it is in.</param>
    public IMessage Message(MessageDescriptor type, IReadOnlyDictionary<string, string[]> known, int depth = 0)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.IsMap || Chance(4) || (field.FieldType == FieldType.Message && depth == DeepestMessage))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (var count = Next(4); count > 0; count--)
                {
                    list.Add(Value(field, known, depth));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, known, depth));
            }
        }

        return message;
    }

    /// <summary>Changes some bytes of what is there: flips, cuts, doubles, and puts in what is known to hurt.</summary>
    public byte[] Bytes(byte[] bytes, int times)
    {
        var list = bytes.ToList();
        for (; times > 0; times--)
        {
            var at = Next(list.Count + 1);
            switch (Next(7))
            {
                case 0 when at < list.Count:
                    list[at] ^= (byte)(1 << Next(8));
                    break;
                case 1 when at < list.Count:
                    list[at] = (byte)Next(256);
                    break;
                case 2:
                    list.Insert(at, (byte)Next(256));
                    break;
                case 3:
                    list.RemoveRange(at, Math.Min(list.Count - at, Next(9)));
                    break;
                case 4:
                    list.InsertRange(at, list.GetRange(at, Math.Min(list.Count - at, Next(33))));
                    break;
                case 5 when Chance(3):
                    list.RemoveRange(at, list.Count - at);
                    break;
                default:
                    // The greatest varint, and one that never ends.
                    list.InsertRange(at, Enumerable.Repeat((byte)0xFF, Next(12)));
                    break;
            }
        }

        return [.. list];
    }

    /// <summary>Changes some letters of a text.</summary>
    public string Text(string text, int times)
    {
        for (; times > 0; times--)
        {
            var at = Next(text.Length + 1);
            text = Next(5) switch
            {
                0 when at < text.Length => text.Remove(at, 1),
                1 => text.Insert(at, ((char)Next(Chance(4) ? 0x10000 : 0x80)).ToString()),
                2 => text.Insert(at, Of(["\"", ",", "\r\n", "\"\"", ";", "\t", "\0", "\uFEFF", "µ", "μ", "×", "²", "1e99", "-", "/", "%", "^", "(", "\uD800"])),
                3 => text.Insert(at, text.Substring(at, Math.Min(text.Length - at, Next(20)))),
                _ => at < text.Length ? text[..at] + char.ConvertFromUtf32(0x20 + Next(0x60)) + text[(at + 1)..] : text,
            };
        }

        return text;
    }

    private object Value(FieldDescriptor field, IReadOnlyDictionary<string, string[]> known, int depth) => field.FieldType switch
    {
        FieldType.String => known.TryGetValue(field.Name, out var texts) && !Chance(5) ? Of(texts) : Chance(3) ? Text(Of(Texts), 1 + Next(3)).Replace('\uD800', '?') : Of(Texts),
        FieldType.Bytes => ByteString.CopyFrom(Bytes([1, 2, 3], Next(9))),
        FieldType.Bool => Chance(2),
        FieldType.Double => Of([0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.MaxValue, double.Epsilon]),
        FieldType.Float => Of([0f, 1f, -1f, float.NaN, float.MaxValue]),
        FieldType.Enum => Chance(8) ? Next(int.MaxValue) : Of<EnumValueDescriptor>([.. field.EnumType.Values]).Number,
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Of([0, 1, 2, 7, 100, -1, int.MaxValue, int.MinValue]),
        FieldType.UInt32 or FieldType.Fixed32 => Of([0u, 1u, 2u, 1000u, uint.MaxValue]),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Of([0, 1, 2, 7, -1, long.MaxValue, long.MinValue]),
        FieldType.UInt64 or FieldType.Fixed64 => Of([0ul, 1ul, 2ul, ulong.MaxValue]),
        _ => Message(field.MessageType, known, depth + 1),
    };
}
