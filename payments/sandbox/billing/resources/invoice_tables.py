"""Parameters of /v1/invoices and /v1/invoiceitems."""

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
    CREATED,
    EXPAND,
    EXPANDABLE,
    list_table,
    plain_list_table,
)
from payments.sandbox.billing.resources.moments import MomentOr
from payments.sandbox.billing.resources.subscription_tables import (
    PRICE_DATA,
    PRORATION,
)

_DESCRIBING: Fields = {
    "auto_advance": YesNo(),
    "collection_method": Choice("charge_automatically", "send_invoice"),
    "days_until_due": Whole(minimum=0),
    "default_payment_method": Text(),
    "description": Text(1500),
    "due_date": Whole(minimum=0),
    "expand": EXPAND,
    "footer": Text(),
    "metadata": Metadata(),
    "payment_settings": Hash({"payment_method_types": ListOf(Text())}),
    "statement_descriptor": Text(22),
}
CREATE = Hash(
    {
        **_DESCRIBING,
        "currency": Text(),
        "customer": Text(may_be_empty=False),
        "pending_invoice_items_behavior": Choice("exclude", "include"),
        "subscription": Text(),
    }
)
UPDATE = Hash(_DESCRIBING)
FINALIZE = EXPANDABLE.plus(auto_advance=YesNo())
PAY = EXPANDABLE.plus(
    off_session=YesNo(), paid_out_of_band=YesNo(), payment_method=Text()
)
LIST = list_table(
    collection_method=Choice("charge_automatically", "send_invoice"),
    customer=Text(),
    due_date=CREATED,
    status=Choice("draft", "open", "paid", "uncollectible", "void"),
    subscription=Text(),
)
_PREVIEWED_ITEM = Hash(
    {
        "deleted": YesNo(),
        "id": Text(),
        "metadata": Metadata(),
        "price": Text(),
        "price_data": PRICE_DATA,
        "quantity": Whole(minimum=0),
    }
)
PREVIEW = EXPANDABLE.plus(
    currency=Text(),
    customer=Text(),
    preview_mode=Choice("next"),
    subscription=Text(),
    subscription_details=Hash(
        {
            "cancel_at_period_end": YesNo(),
            "items": ListOf(_PREVIEWED_ITEM),
            "proration_behavior": PRORATION,
            "proration_date": Whole(minimum=0),
            "trial_end": MomentOr("now"),
        }
    ),
)

_PERIOD = Hash({"end": Whole(), "start": Whole()}, required=("end", "start"))
_ITEM: Fields = {
    "amount": Whole(),
    "description": Text(),
    "discountable": YesNo(),
    "expand": EXPAND,
    "metadata": Metadata(),
    "period": _PERIOD,
    "pricing": Hash({"price": Text()}),
    "quantity": Whole(minimum=0),
}
ITEM_CREATE = Hash(
    {
        **_ITEM,
        "currency": Text(),
        "customer": Text(may_be_empty=False),
        "invoice": Text(),
        "subscription": Text(),
    }
)
ITEM_UPDATE = Hash(_ITEM)
ITEM_LIST = plain_list_table(customer=Text(), invoice=Text(), pending=YesNo())
