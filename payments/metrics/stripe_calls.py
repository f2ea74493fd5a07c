from lumira.kit.metrics.counting import harmless, histogram
from payments.gateway.calls import StripeCall, on_stripe_call

# Up to what the read timeout allows, and a little.
_durations = histogram(
    "lumira_stripe_call_seconds",
    "Requests to Stripe, each try by itself.",
    "operation",
    "outcome",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15),
)


@on_stripe_call
@harmless
def observe(call: StripeCall) -> None:
    _durations.labels(call.operation, call.outcome).observe(call.duration_s)
