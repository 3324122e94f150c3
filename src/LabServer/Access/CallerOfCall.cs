using Grpc.Core;
using LabServer.Core;
using LabServer.Core.Access;

namespace LabServer.Access;

/// <summary>The caller of a call.</summary>
internal static class CallerOfCall
{
    /// <summary>Who calls.</summary>
    public static Caller Caller(this ServerCallContext context) => Known(context).Caller;

    /// <summary>Name of who calls: what is kept as <c>received_from</c>.</summary>
    public static string CallerName(this ServerCallContext context) => context.Caller().Name;

    /// <summary>Whether the caller sees the arms of a study.</summary>
    public static ArmSight SightOf(this ServerCallContext context, Study study) => context.Caller().SightOf(study.StudyId);

    /// <summary>Refuses who is blinded; for what cannot be answered, or asked, without naming arms.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void RequireSight(this ServerCallContext context, Study study)
    {
        if (context.SightOf(study) == ArmSight.Blinded)
        {
            throw RpcErrors.PermissionDenied("BLINDED", "The arms of this study are hidden from you.");
        }
    }

    /// <summary>Ends a call that goes on when its key is not taken any more.</summary>
    /// <exception cref="RpcException">UNAUTHENTICATED.</exception>
    public static void RequireStillKnown(this ServerCallContext context)
    {
        if (!Known(context).IsStillKnown())
        {
            throw RpcErrors.KeyUnknown();
        }
    }

    private static KnownCaller Known(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<KnownCaller>() ?? throw new InvalidOperationException("A call came past the access gate.");
}
