using System.Globalization;
using System.Text;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>Type of a value on the wire, as far as LabServer has values of it.</summary>
/// <param name="Code">Its byte.</param>
/// <param name="Length">Bytes of a value, at most; <see cref="Any"/>: as many as it takes, sent in chunks.</param>
internal sealed record TdsType(byte Code, int Length)
{
    public const int Any = 0xFFFF;

    private const byte FixedByte = 0x30;
    private const byte FixedBit = 0x32;
    private const byte FixedShort = 0x34;
    private const byte FixedInt = 0x38;
    private const byte FixedFloat = 0x3E;
    private const byte FixedLong = 0x7F;
    private const byte IntN = 0x26;
    private const byte BitN = 0x68;
    private const byte FloatN = 0x6D;
    private const byte VarBinary = 0xA5;
    private const byte NVarChar = 0xE7;
    private const byte NText = 0x63;
    private const int NullLength = 0xFFFF;
    private const long NullChunks = -1;
    private const long UnknownChunks = -2;

    public static readonly TdsType Long = new(IntN, 8);
    public static readonly TdsType Int = new(IntN, 4);
    public static readonly TdsType Number = new(FloatN, 8);
    public static readonly TdsType Text = new(NVarChar, 8000);
    public static readonly TdsType LongText = new(NVarChar, Any);
    public static readonly TdsType Bytes = new(VarBinary, 8000);
    public static readonly TdsType LongBytes = new(VarBinary, Any);

    // Latin1_General_100_BIN2: its locale, the flag for comparing by code points, and version 2 of the collations.
    private static readonly byte[] Collation = [0x09, 0x04, 0x00, 0x22, 0x00];

    public static TdsType OfBytes(int most) => new(VarBinary, most);

    public static TdsType OfText(int most) => new(NVarChar, most * sizeof(char));

    public bool IsText => Code is NVarChar or NText;

    /// <summary>The type as T-SQL spells it.</summary>
    public string Name => (Code, Length) switch
    {
        (FixedByte, _) or (IntN, 1) => "tinyint",
        (FixedShort, _) or (IntN, 2) => "smallint",
        (FixedInt, _) or (IntN, 4) => "int",
        (FixedLong, _) or (IntN, 8) => "bigint",
        (FixedBit, _) or (BitN, _) => "bit",
        (FixedFloat, _) or (FloatN, 8) => "float",
        (VarBinary, Any) => "varbinary(max)",
        (NVarChar, Any) => "nvarchar(max)",
        (VarBinary, _) => string.Create(CultureInfo.InvariantCulture, $"varbinary({Length})"),
        (NVarChar, _) => string.Create(CultureInfo.InvariantCulture, $"nvarchar({Length / sizeof(char)})"),
        (NText, _) => "ntext",
        _ => throw Unknown(Code),
    };

    public static TdsType Read(TdsReader reader)
    {
        var code = reader.Byte();
        switch (code)
        {
            case FixedByte or FixedBit or FixedShort or FixedInt or FixedFloat or FixedLong:
                return new TdsType(code, FixedLength(code));
            case IntN or BitN or FloatN:
                return new TdsType(code, reader.Byte());
            case VarBinary:
                return new TdsType(code, reader.Short());
            case NVarChar:
                var most = reader.Short();
                reader.Skip(Collation.Length);
                return new TdsType(code, most);
            case NText:
                var length = reader.Int();
                reader.Skip(Collation.Length);
                return new TdsType(code, length);
            default:
                throw Unknown(code);
        }
    }

    public void Write(TdsWriter writer)
    {
        writer.Byte(Code);
        if (Code is VarBinary or NVarChar)
        {
            writer.Short(Length);
        }
        else
        {
            writer.Byte((byte)Length);
        }

        if (Code == NVarChar)
        {
            writer.Bytes(Collation);
        }
    }

    /// <summary>A value of the type: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, text, bytes, or null.</summary>
    public object? ReadValue(TdsReader reader)
    {
        switch (Code)
        {
            case FixedByte or FixedBit or FixedShort or FixedInt or FixedFloat or FixedLong:
                return Small(reader, Length);
            case IntN or BitN or FloatN:
                return reader.Byte() is > 0 and var length ? Small(reader, length) : null;
            case NText:
                return reader.Int() is >= 0 and var characters ? reader.Text(characters / sizeof(char)) : null;
            case VarBinary or NVarChar when Length == Any:
                return Chunks(reader) is { } all ? Large(all) : null;
            default:
                return reader.Short() is < NullLength and var bytes ? Large(reader.Bytes(bytes)) : null;
        }
    }

    public void WriteValue(TdsWriter writer, object? value)
    {
        if (Code is VarBinary or NVarChar)
        {
            WriteLarge(writer, value is string text ? Encoding.Unicode.GetBytes(text) : (byte[]?)value);
        }
        else if (value is null)
        {
            writer.Byte(0);
        }
        else if (Code == FloatN)
        {
            writer.Byte(8).Long(BitConverter.DoubleToInt64Bits((double)value));
        }
        else if (Length == 8)
        {
            writer.Byte(8).Long(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.Byte(4).Int(Convert.ToInt32(value, CultureInfo.InvariantCulture));
        }
    }

    private static int FixedLength(byte code) => code switch
    {
        FixedByte or FixedBit => 1,
        FixedShort => 2,
        FixedInt => 4,
        _ => 8,
    };

    private static NotSupportedException Unknown(byte code) => new($"LabServer sends nothing of the type 0x{code:X2}.");

    private object Small(TdsReader reader, int length) => Name switch
    {
        "bit" => reader.Byte() != 0,
        "float" => BitConverter.Int64BitsToDouble(reader.Long()),
        _ => length switch
        {
            1 => reader.Byte(),
            2 => (long)(short)reader.Short(),
            4 => (long)reader.Int(),
            _ => reader.Long(),
        },
    };

    private object Large(byte[] bytes) => Code == NVarChar ? Encoding.Unicode.GetString(bytes) : bytes;

    private static byte[]? Chunks(TdsReader reader)
    {
        var total = reader.Long();
        if (total == NullChunks)
        {
            return null;
        }

        using var all = new MemoryStream();
        while (reader.Int() is > 0 and var length)
        {
            all.Write(reader.Bytes(length));
        }

        return total == UnknownChunks || total == all.Length
            ? all.ToArray()
            : throw new InvalidDataException($"Of {total} bytes {all.Length} were sent.");
    }

    private void WriteLarge(TdsWriter writer, byte[]? bytes)
    {
        if (Length != Any)
        {
            writer.Short(bytes?.Length ?? NullLength).Bytes(bytes);
        }
        else if (bytes is null)
        {
            writer.Long(NullChunks);
        }
        else
        {
            WriteChunks(writer, bytes);
        }
    }

    // As servers do, each is in one packet, with its length: SqlClient, which within a chunk does not look where the packet ends,
    // else reads the header of the next as text, where it got both from the network at once (babelfish_extensions, pull request 3830).
    private static void WriteChunks(TdsWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Long(bytes.Length);
        while (bytes.Length > 0)
        {
            if (writer.RoomBehind(0) <= sizeof(int))
            {
                writer.EndPacket();
            }

            var chunk = bytes[..Math.Min(bytes.Length, writer.RoomBehind(sizeof(int)))];
            writer.Int(chunk.Length).Bytes(chunk);
            bytes = bytes[chunk.Length..];
        }

        writer.Int(0);
    }
}
