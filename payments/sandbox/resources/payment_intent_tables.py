"""Parameters of /v1/payment_intents."""

from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
    ListOf,
    Metadata,
    Text,
    Whole,
    YesNo,
)
from payments.sandbox.api.tables import (
    AUTOMATIC_METHODS,
    EXPAND,
    EXPANDABLE,
    SHIPPING,
    list_table,
)
from payments.sandbox.resources.method_tables import (
    BROWSER_MANDATE_DATA,
    MANDATE_DATA,
    METHOD_DATA,
    METHOD_DATA_WITH_CARD,
    METHOD_OPTIONS,
)

_LATER_USE = Choice("", "off_session", "on_session")
_CONFIRMING: Fields = {
    "error_on_requires_action": YesNo(),
    "off_session": YesNo(),
    "return_url": Text(),
    "use_stripe_sdk": YesNo(),
}
_DESCRIBING: Fields = {
    "allowed_payment_method_types": ListOf(Text()),
    "amount": Whole(minimum=1),
    "capture_method": Choice("automatic", "automatic_async", "manual"),
    "currency": Text(may_be_empty=False),
    "customer": Text(),
    "description": Text(1000),
    "excluded_payment_method_types": ListOf(Text()),
    "expand": EXPAND,
    "metadata": Metadata(),
    "payment_method": Text(),
    "payment_method_data": METHOD_DATA,
    "payment_method_options": METHOD_OPTIONS,
    "receipt_email": Text(800),
    "setup_future_usage": _LATER_USE,
    "shipping": SHIPPING,
    "statement_descriptor": Text(22),
    "statement_descriptor_suffix": Text(22),
    "transfer_group": Text(),
}
CREATE = Hash(
    {
        **_DESCRIBING,
        **_CONFIRMING,
        "automatic_payment_methods": AUTOMATIC_METHODS,
        "confirm": YesNo(),
        "confirmation_method": Choice("automatic", "manual"),
        "mandate_data": MANDATE_DATA,
    },
    required=("amount", "currency"),
)
UPDATE = Hash(_DESCRIBING)
CONFIRM = Hash(
    {
        **_CONFIRMING,
        "capture_method": _DESCRIBING["capture_method"],
        "expand": EXPAND,
        "mandate_data": MANDATE_DATA,
        "payment_method": Text(),
        "payment_method_data": METHOD_DATA,
        "payment_method_options": METHOD_OPTIONS,
        "receipt_email": Text(800),
        "setup_future_usage": _LATER_USE,
        "shipping": SHIPPING,
    }
)
_SECRET: Fields = {"key": Text(), "client_secret": Text()}
BROWSER_READ = Hash({**_SECRET, "expand": EXPAND}, required=("client_secret",))
BROWSER_CONFIRM = Hash(
    {
        **_SECRET,
        "expand": EXPAND,
        "mandate_data": BROWSER_MANDATE_DATA,
        "payment_method": Text(),
        "payment_method_data": METHOD_DATA_WITH_CARD,
        "payment_method_options": METHOD_OPTIONS,
        "receipt_email": Text(800),
        "return_url": Text(),
        "setup_future_usage": _LATER_USE,
        "shipping": SHIPPING,
        "use_stripe_sdk": YesNo(),
    },
    required=("client_secret",),
)
CANCEL = EXPANDABLE.plus(
    cancellation_reason=Choice(
        "abandoned", "duplicate", "fraudulent", "requested_by_customer"
    )
)
CAPTURE = EXPANDABLE.plus(
    amount_to_capture=Whole(minimum=1), final_capture=YesNo(), metadata=Metadata()
)
LIST = list_table(customer=Text())
