"""Orders whose intent really exists in the sandbox."""

from payments.actions.start_payment import start_payment
from payments.models import Payment
from tests.factories.orders import make_order


def open_purchase() -> Payment:
    """An order of Alice's, and the open payment she can pay on."""
    payment, _intent = start_payment(make_order())
    return payment
