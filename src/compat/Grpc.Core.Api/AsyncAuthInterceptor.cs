namespace Grpc.Core;

/// <summary>Adds authentication entries to <paramref name="metadata"/> before a call starts.</summary>
/// <param name="context">What is called.</param>
/// <param name="metadata">Receives the entries.</param>
/// <returns>Ends when the entries are there; a fault fails the call.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
