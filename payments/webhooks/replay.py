from payments.gateway import gateway
from payments.webhooks import inbox


def replay_event(event_id: str) -> bool:
    """Fetch an event from Stripe and act on it. False if that was done before.

    Raises GatewayError when Stripe does not have it (any more: thirty days), and
    whatever its handler raises; the failure is kept on the ledger row.
    """
    return inbox.receive(gateway().fetch_event(event_id))
