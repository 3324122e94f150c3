using System.Buffers;
using System.Text;
using Grpc.Core;

namespace LabServer.Tests.Compat;

public sealed class MarshallerTests
{
    private static readonly Marshaller<string> OverContexts = Marshallers.Create(
        (string text, SerializationContext context) =>
        {
            context.SetPayloadLength(Encoding.UTF8.GetByteCount(text));
            context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(text));
            context.Complete();
        },
        context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

    [Theory]
    [InlineData("")]
    [InlineData("µmol/L")]
    public void Marshaller_OverContexts_WorksOverArrays(string text) =>
        Assert.Equal(text, OverContexts.Deserializer(OverContexts.Serializer(text)));

    [Theory]
    [InlineData("")]
    [InlineData("µmol/L")]
    public void Marshaller_OverArrays_WritesTheSameAsOverContexts(string text) =>
        Assert.Equal(OverContexts.Serializer(text), Marshallers.StringMarshaller.Serializer(text));

    [Fact]
    public void Marshaller_ThatNeverCompletes_Throws() =>
        Assert.Throws<InvalidOperationException>(
            () => Marshallers.Create((string _, SerializationContext _) => { }, _ => "").Serializer("CK"));

    [Fact]
    public void Marshaller_ThatCompletesTwice_Throws() =>
        Assert.Throws<InvalidOperationException>(
            () => Marshallers.Create(
                (string _, SerializationContext context) =>
                {
                    context.Complete([1]);
                    context.Complete();
                },
                _ => "").Serializer("CK"));
}
