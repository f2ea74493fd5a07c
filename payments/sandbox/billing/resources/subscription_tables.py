"""Parameters of /v1/subscriptions and /v1/subscription_items."""

from payments.sandbox.api.params import (
    Choice,
    Fields,
    Hash,
    Kind,
    ListOf,
    Metadata,
    Text,
    Whole,
    YesNo,
)
from payments.sandbox.api.tables import (
    CREATED,
    EXPAND,
    EXPANDABLE,
    list_table,
    plain_list_table,
)
from payments.sandbox.billing.resources.moments import MomentOr
from payments.sandbox.billing.resources.products import INTERVAL, TAX_BEHAVIOR

PRORATION = Choice("always_invoice", "create_prorations", "none")
PAYMENT_BEHAVIOR = Choice(
    "allow_incomplete", "default_incomplete", "error_if_incomplete"
)
_FEEDBACK = Choice(
    "",
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
)
PRICE_DATA = Hash(
    {
        "currency": Text(),
        "product": Text(),
        "recurring": Hash(
            {"interval": INTERVAL, "interval_count": Whole(minimum=1)},
            required=("interval",),
        ),
        "tax_behavior": TAX_BEHAVIOR,
        "unit_amount": Whole(minimum=0, maximum=99_999_999),
    },
    required=("currency", "product", "recurring", "unit_amount"),
)
_ITEM: Fields = {
    "metadata": Metadata(),
    "price": Text(may_be_empty=False),
    "price_data": PRICE_DATA,
    "quantity": Whole(minimum=0),
}
_PAYMENT_SETTINGS = Hash(
    {
        "payment_method_types": ListOf(Text()),
        "save_default_payment_method": Choice("off", "on_subscription"),
    }
)
_TRIAL_SETTINGS = Hash(
    {
        "end_behavior": Hash(
            {
                "missing_payment_method": Choice("cancel", "create_invoice", "pause"),
            },
            required=("missing_payment_method",),
        )
    },
    required=("end_behavior",),
)
_CANCELLATION_DETAILS = Hash({"comment": Text(), "feedback": _FEEDBACK})
_DESCRIBING: Fields = {
    "cancel_at": MomentOr("", "max_period_end", "min_period_end"),
    "cancel_at_period_end": YesNo(),
    "collection_method": Choice("charge_automatically"),
    "default_payment_method": Text(),
    "description": Text(500),
    "expand": EXPAND,
    "metadata": Metadata(),
    "off_session": YesNo(),
    "payment_behavior": PAYMENT_BEHAVIOR,
    "payment_settings": _PAYMENT_SETTINGS,
    "proration_behavior": PRORATION,
    "trial_end": MomentOr("now"),
    "trial_settings": _TRIAL_SETTINGS,
}
CREATE = Hash(
    {
        **_DESCRIBING,
        "billing_mode": Hash({"type": Choice("classic", "flexible")}, ("type",)),
        "currency": Text(),
        "customer": Text(may_be_empty=False),
        "items": ListOf(Hash(_ITEM), may_be_empty=False),
        "trial_period_days": Whole(minimum=0, maximum=730),
    },
    required=("customer", "items"),
)
UPDATE = Hash(
    {
        **_DESCRIBING,
        "billing_cycle_anchor": Hash({"type": Choice("now", "unchanged")}, ("type",)),
        "cancellation_details": _CANCELLATION_DETAILS,
        "items": ListOf(
            Hash({**_ITEM, "deleted": YesNo(), "id": Text(may_be_empty=False)})
        ),
        "pause_collection": Hash(
            {
                "behavior": Choice("keep_as_draft", "mark_uncollectible", "void"),
                "resumes_at": Whole(minimum=0),
            },
            required=("behavior",),
            may_be_empty=True,
        ),
        "proration_date": Whole(minimum=0),
    }
)
CANCEL = EXPANDABLE.plus(
    cancellation_details=_CANCELLATION_DETAILS, invoice_now=YesNo(), prorate=YesNo()
)
PAUSE = EXPANDABLE.plus(
    bill_for=Hash(
        {
            "unused_time_from": Hash(
                {"type": Choice("item_current_period_start", "none", "now")}, ("type",)
            )
        }
    ),
    invoicing_behavior=Choice("invoice", "pending_invoice_item"),
    type=Choice("subscription"),
)
RESUME = EXPANDABLE.plus(
    billing_cycle_anchor=Hash({"type": Choice("now")}, ("type",)),
    payment_behavior=Choice("resume_on_payment_attempt", "resume_on_payment_success"),
    proration_behavior=PRORATION,
)
LIST = list_table(
    collection_method=Choice("charge_automatically", "send_invoice"),
    current_period_end=CREATED,
    current_period_start=CREATED,
    customer=Text(),
    price=Text(),
    status=Choice(
        "active",
        "all",
        "canceled",
        "ended",
        "incomplete",
        "incomplete_expired",
        "past_due",
        "paused",
        "trialing",
        "unpaid",
    ),
    test_clock=Text(),
)

_CHARGING: dict[str, Kind] = {
    "payment_behavior": PAYMENT_BEHAVIOR,
    "proration_behavior": PRORATION,
    "proration_date": Whole(minimum=0),
}
ITEM_CREATE = Hash(
    {**_ITEM, **_CHARGING, "expand": EXPAND, "subscription": Text()},
    required=("subscription",),
)
ITEM_UPDATE = Hash({**_ITEM, **_CHARGING, "expand": EXPAND, "off_session": YesNo()})
ITEM_DELETE = Hash(_CHARGING)
ITEM_LIST = plain_list_table(subscription=Text()).plus("subscription")
