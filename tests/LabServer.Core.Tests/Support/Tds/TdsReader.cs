using System.Buffers.Binary;
using System.Text;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>Reads a message from its beginning; numbers are little-endian and texts UTF-16, as everywhere in TDS.</summary>
internal sealed class TdsReader(byte[] message)
{
    private int _at;

    public bool AtEnd => _at >= message.Length;

    public byte Byte() => message[_at++];

    /// <summary>The next byte, which stays the next.</summary>
    public byte Peek() => message[_at];

    public ushort Short() => BinaryPrimitives.ReadUInt16LittleEndian(Span(sizeof(ushort)));

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Span(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Span(sizeof(long)));

    public byte[] Bytes(int count) => Span(count).ToArray();

    public string Text(int characters) => Encoding.Unicode.GetString(Span(characters * sizeof(char)));

    /// <summary>All that is left, as text.</summary>
    public string Rest() => Text((message.Length - _at) / sizeof(char));

    /// <summary>A text behind the byte that says how many characters it has.</summary>
    public string ShortText() => Text(Byte());

    public void Skip(int count) => Span(count);

    public void MoveTo(int position) => _at = position;

    /// <summary>The headers of a request, of which one names the transaction that it is part of; 0: of none.</summary>
    public long Headers()
    {
        const ushort TransactionHeader = 2;
        var end = _at + Int();
        long transaction = 0;
        while (_at < end)
        {
            var next = _at + Int();
            if (Short() == TransactionHeader)
            {
                transaction = Long();
            }

            _at = next;
        }

        return transaction;
    }

    private ReadOnlySpan<byte> Span(int count)
    {
        var span = message.AsSpan(_at, count);
        _at += count;
        return span;
    }
}
