using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>Writes what a server answers, piece by piece.</summary>
/// <param name="packet">How much of it one packet takes.</param>
internal sealed class TdsWriter(int packet = TdsWriter.Any)
{
    private const int Any = int.MaxValue;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    // Where packets end that are not full.
    private readonly List<int> _ends = [];

    public byte[] Written => _buffer.WrittenSpan.ToArray();

    /// <summary>What was written, packet by packet.</summary>
    public IEnumerable<byte[]> Packets => _ends.Append(_buffer.WrittenCount)
        .Zip(_ends.Prepend(0), (end, start) => _buffer.WrittenMemory[start..end].ToArray())
        .SelectMany(part => part.Chunk(packet));

    /// <summary>How much goes into the packet behind so many bytes from here; as much as into any where they are its last.</summary>
    public int RoomBehind(int bytes) => packet - ((_buffer.WrittenCount - _ends.LastOrDefault() + bytes) % packet);

    /// <summary>What follows goes into another packet.</summary>
    public void EndPacket() => _ends.Add(_buffer.WrittenCount);

    public TdsWriter Byte(byte value) => Bytes([value]);

    public TdsWriter Short(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.GetSpan(sizeof(ushort)), checked((ushort)value));
        _buffer.Advance(sizeof(ushort));
        return this;
    }

    public TdsWriter Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
        return this;
    }

    public TdsWriter Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
        return this;
    }

    public TdsWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    public TdsWriter Text(string text) => Bytes(Encoding.Unicode.GetBytes(text));

    /// <summary>A text behind a byte that says how many characters it has.</summary>
    public TdsWriter ShortText(string text) => Byte(checked((byte)text.Length)).Text(text);

    /// <summary>A text behind two bytes that say how many characters it has.</summary>
    public TdsWriter LongerText(string text) => Short(text.Length).Text(text);

    /// <summary>A token with two bytes for the length of what follows.</summary>
    public TdsWriter Token(byte token, Action<TdsWriter> content)
    {
        var inside = new TdsWriter();
        content(inside);
        return Byte(token).Short(inside.Written.Length).Bytes(inside.Written);
    }
}
