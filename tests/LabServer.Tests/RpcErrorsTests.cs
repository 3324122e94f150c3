using System.Globalization;
using Grpc.Core;
using LabServer.Api;

namespace LabServer.Tests;

/// <summary>Each status, read back as a client reads it.</summary>
public sealed class RpcErrorsTests
{
    [Fact]
    public void InvalidArgument_TwoFields_TellsBothAndTheFirstInWords()
    {
        var fault = RpcFault.Read(RpcErrors.InvalidArgument(
            "BATCH_MALFORMED", [("study_id", "is missing"), ("results", "are 5001; the limit is 5000")]));
        Assert.Equal(StatusCode.InvalidArgument, fault.Code);
        Assert.Equal("BATCH_MALFORMED", fault.Reason);
        Assert.Equal("study_id: is missing (and 1 more)", fault.Message);
        Assert.Equal(
            [new FieldFault("study_id", "is missing"), new FieldFault("results", "are 5001; the limit is 5000")],
            fault.Violations);
        Assert.Null(fault.RetryAfter);
    }

    [Fact]
    public void InvalidArgument_OneField_NeedsNoList()
    {
        var fault = RpcFault.Read(RpcErrors.InvalidArgument("PAGE_TOKEN_MALFORMED", "page_token", "is not one of ours"));
        Assert.Equal("page_token: is not one of ours", fault.Message);
        Assert.Equal([new FieldFault("page_token", "is not one of ours")], fault.Violations);
    }

    [Fact]
    public void InvalidArgument_NoField_Throws() =>
        Assert.Throws<ArgumentException>(() => RpcErrors.InvalidArgument("BATCH_MALFORMED", []));

    /// <summary>grpcio refuses headers over 8 KiB; bytes are sent as base64, which is a third longer.</summary>
    [Fact]
    public void InvalidArgument_VeryManyLongFields_FitsInHeadersAndCountsTheRest()
    {
        var violations = Enumerable.Range(0, 5000).Select(row => (
            string.Create(CultureInfo.InvariantCulture, $"results[{row}].reported_value"), new string('x', 1000)));
        var failure = RpcErrors.InvalidArgument("BATCH_MALFORMED", violations);
        Assert.True(failure.Trailers.Get(RpcFault.DetailsTrailer)!.ValueBytes.Length <= 5000);
        var fault = RpcFault.Read(failure);
        var omitted = int.Parse(fault.Metadata[RpcErrors.OmittedViolations], CultureInfo.InvariantCulture);
        Assert.InRange(fault.Violations.Count, 5, 100);
        Assert.Equal(5000, fault.Violations.Count + omitted);
        Assert.EndsWith("(and 4999 more)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NotFoundAndAlreadyExists_OfAStudy_NameIt()
    {
        var missing = RpcFault.Read(RpcErrors.NotFound("study", "MSC-01"));
        Assert.Equal(
            (StatusCode.NotFound, "STUDY_NOT_FOUND", "There is no study 'MSC-01'.", "study", "MSC-01"),
            (missing.Code, missing.Reason, missing.Message, missing.ResourceType, missing.ResourceName));
        var present = RpcFault.Read(RpcErrors.AlreadyExists("rule set", "ctcae-5.0"));
        Assert.Equal(
            (StatusCode.AlreadyExists, "RULE_SET_ALREADY_EXISTS", "rule set", "ctcae-5.0"),
            (present.Code, present.Reason, present.ResourceType, present.ResourceName));
    }

    [Fact]
    public void ResourceExhaustedAndUnavailable_WithATime_TellWhenToTryAgain()
    {
        var limit = new Dictionary<string, string> { ["limit"] = "5000" };
        var exhausted = RpcFault.Read(RpcErrors.ResourceExhausted("BATCH_TOO_LARGE", "Too large.", metadata: limit));
        Assert.Equal((StatusCode.ResourceExhausted, "BATCH_TOO_LARGE"), (exhausted.Code, exhausted.Reason));
        Assert.Equal(limit, exhausted.Metadata);
        Assert.Null(exhausted.RetryAfter);
        var unavailable = RpcFault.Read(RpcErrors.Unavailable("STOPPING", "Stopping.", TimeSpan.FromMilliseconds(1500)));
        Assert.Equal(
            (StatusCode.Unavailable, "STOPPING", TimeSpan.FromMilliseconds(1500)),
            (unavailable.Code, unavailable.Reason, unavailable.RetryAfter));
    }

    [Fact]
    public void OtherStatuses_Made_CarryCodeReasonAndWords()
    {
        foreach (var (failure, code) in new[]
        {
            (RpcErrors.FailedPrecondition("REASON", "Words."), StatusCode.FailedPrecondition),
            (RpcErrors.Unauthenticated("REASON", "Words."), StatusCode.Unauthenticated),
            (RpcErrors.PermissionDenied("REASON", "Words."), StatusCode.PermissionDenied),
        })
        {
            var fault = RpcFault.Read(failure);
            Assert.Equal((code, "REASON", "Words."), (fault.Code, fault.Reason, fault.Message));
        }
    }

    [Fact]
    public void Read_WithoutOrWithDamagedDetails_StillHasTheStatus()
    {
        var damaged = new Metadata { { RpcFault.DetailsTrailer, [0xFF, 0xFF] } };
        foreach (var trailers in new[] { Metadata.Empty, damaged })
        {
            var fault = RpcFault.Read(new RpcException(new Status(StatusCode.Unavailable, "gone"), trailers));
            Assert.Equal((StatusCode.Unavailable, "gone", ""), (fault.Code, fault.Message, fault.Reason));
            Assert.Empty(fault.Violations);
        }
    }
}
