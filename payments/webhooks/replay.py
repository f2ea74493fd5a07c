from lumira.audit.recording import record
from lumira.kit.log_context import about
from payments.gateway import gateway
from payments.models import ProcessedEvent
from payments.webhooks import inbox


def replay_event(event_id: str, *, by: str) -> bool:
    """Fetch an event from Stripe and act on it. False if that was done before.

    The journal says who asked for it, whatever comes of it: its effect is saved by
    the inbox, whose transaction knows nobody.

    Raises GatewayError when Stripe does not have it (any more: thirty days), and
    whatever its handler raises; the failure is kept on the ledger row.
    """
    with about(event_id=event_id):
        record("event.replayed", by=by, about=ProcessedEvent(event_id=event_id))
        return inbox.receive(gateway().fetch_event(event_id))
