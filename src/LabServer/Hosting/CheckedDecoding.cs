using System.Reflection;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace LabServer.Hosting;

/// <summary>
/// Maps the methods of a generated service, each with a decoder that answers a message which is not protobuf with
/// INVALID_ARGUMENT. A unary request is decoded before any interceptor runs, so there is no later place: without this
/// a sender's garbage would be an UNKNOWN and an error in our log.
/// </summary>
internal sealed class CheckedDecoding<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} is not derived from a generated gRPC service.");
        var bind = attribute.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => method.Name == attribute.BindMethodName && method.GetParameters() is [{ ParameterType: var first }, _]
                && first == typeof(ServiceBinderBase));
        bind.Invoke(null, [new Binder(context), null]);
    }

    private sealed class Binder(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            context.AddUnaryMethod(
                Checked(method),
                Metadata(method),
                Call<UnaryServerMethod<TService, TRequest, TResponse>>(method));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddClientStreamingMethod(
                Checked(method),
                Metadata(method),
                Call<ClientStreamingServerMethod<TService, TRequest, TResponse>>(method));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddServerStreamingMethod(
                Checked(method),
                Metadata(method),
                Call<ServerStreamingServerMethod<TService, TRequest, TResponse>>(method));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddDuplexStreamingMethod(
                Checked(method),
                Metadata(method),
                Call<DuplexStreamingServerMethod<TService, TRequest, TResponse>>(method));

        private static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class
        {
            var decode = method.RequestMarshaller.ContextualDeserializer;
            return new Method<TRequest, TResponse>(
                method.Type,
                method.ServiceName,
                method.Name,
                new Marshaller<TRequest>(method.RequestMarshaller.ContextualSerializer, Decode),
                method.ResponseMarshaller);

            TRequest Decode(DeserializationContext bytes)
            {
                try
                {
                    return decode(bytes);
                }
                catch (InvalidProtocolBufferException fault)
                {
                    throw RpcErrors.InvalidArgument("MESSAGE_UNDECODABLE", method.Name + "Request", fault.Message);
                }
            }
        }

        private static TDelegate Call<TDelegate>(IMethod method)
            where TDelegate : Delegate =>
            (TDelegate)Delegate.CreateDelegate(typeof(TDelegate), Implementation(method));

        private static List<object> Metadata(IMethod method) =>
        [
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. Implementation(method).GetCustomAttributes(inherit: true),
            new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true),
        ];

        private static MethodInfo Implementation(IMethod method) =>
            typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance)
                ?? throw new InvalidOperationException($"{typeof(TService)} has no method {method.Name}.");
    }
}
