using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core;

/// <summary>
/// The content hash of a result. Never change the encoding: hashes are on file. It is a format byte, then each text as
/// its length and content, then the numbers. Without the lengths, "A","BC" would be the same as "AB","C". A text of
/// ASCII alone is written a byte a character under its length; any other as UTF-16 under the complement of its length,
/// so that texts which are not well-formed differ too.
/// </summary>
internal static class LabResultHash
{
    private const byte Format = 1;
    private const int Texts = 18;
    private const int StackLimit = 1024;

    public static void Write(LabResult result, Span<byte> destination)
    {
        var characters = 0;
        for (var i = 0; i < Texts; i++)
        {
            characters += Text(result, i).Length;
        }

        var most = 1 + (Texts * sizeof(int)) + (characters * sizeof(char)) + sizeof(long) + (2 * sizeof(int));
        var rented = most > StackLimit ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        buffer[0] = Format;
        var length = 1;
        for (var i = 0; i < Texts; i++)
        {
            length += WriteText(Text(result, i), buffer[length..]);
        }

        BinaryPrimitives.WriteInt64LittleEndian(buffer[length..], result.Version);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[(length + 8)..], (int)result.Status);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[(length + 12)..], (int)result.Fasting);
        SHA256.HashData(buffer[..(length + 16)], destination);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<char> Text(LabResult result, int index) => index switch
    {
        0 => result.StudyId,
        1 => result.Laboratory,
        2 => result.SourceResultId,
        3 => result.SubjectId,
        4 => result.Specimen,
        5 => result.Category,
        6 => result.TestCode,
        7 => result.ReportedValue,
        8 => result.ReportedUnit,
        9 => result.ReferenceLow,
        10 => result.ReferenceHigh,
        11 => result.CollectedAt,
        12 => result.ResultedAt,
        13 => result.Visit,
        14 => result.VisitNumber,
        15 => result.Instrument,
        16 => result.Method,
        _ => result.SpecimenCondition,
    };

    private static int WriteText(ReadOnlySpan<char> text, Span<byte> buffer)
    {
        var content = buffer[sizeof(int)..];
        if (Ascii.FromUtf16(text, content, out var written) == OperationStatus.Done)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, text.Length);
            return sizeof(int) + written;
        }

        BinaryPrimitives.WriteInt32LittleEndian(buffer, ~text.Length);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(text).CopyTo(content);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(text), MemoryMarshal.Cast<byte, ushort>(content));
        }

        return sizeof(int) + (text.Length * sizeof(char));
    }
}
