"""Every endpoint of the API, one module per resource.

A further family is plugged in here with what its modules declare: ENDPOINTS; TIMERS,
the functions behind what happens later; INCLUDED, what `expand[]` adds. A family that
must know what happens to another's objects listens to its events (`webhooks.events`).
"""

from payments.sandbox import timers
from payments.sandbox.api.endpoint import Routes
from payments.sandbox.api.expand import Included
from payments.sandbox.billing import registry as billing
from payments.sandbox.machines import intent_ends, intents
from payments.sandbox.resources import (
    account,
    charges,
    customers,
    disputes,
    payment_intents,
    payment_methods,
    records,
    refunds,
    setup_intents,
    webhook_endpoints,
)

ROUTES = Routes(
    (
        *payment_intents.ENDPOINTS,
        *charges.ENDPOINTS,
        *refunds.ENDPOINTS,
        *disputes.ENDPOINTS,
        *customers.ENDPOINTS,
        *payment_methods.ENDPOINTS,
        *setup_intents.ENDPOINTS,
        *records.ENDPOINTS,
        *webhook_endpoints.ENDPOINTS,
        *account.ENDPOINTS,
        *billing.ENDPOINTS,
    )
)
INCLUDED: Included = {**charges.INCLUDED, **billing.INCLUDED}

timers.register(
    {
        **charges.TIMERS,
        **refunds.TIMERS,
        **disputes.TIMERS,
        "intent.settle_debit": intents.settle_debit,
        "intent.expire_capture": intent_ends.expire_capture,
    }
)
