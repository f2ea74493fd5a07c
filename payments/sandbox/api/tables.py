"""Parameters that many endpoints share."""

from payments.sandbox.api.params import Either, Hash, Kind, ListOf, Text, Whole, YesNo

EXPAND = ListOf(Text())
EXPANDABLE = Hash({"expand": EXPAND})

_MOMENTS = Hash({name: Whole(minimum=0) for name in ("gt", "gte", "lt", "lte")})
CREATED = Either(_MOMENTS, Whole(minimum=0))

ADDRESS = Hash(
    {
        name: Text()
        for name in ("city", "country", "line1", "line2", "postal_code", "state")
    },
    may_be_empty=True,
)
SHIPPING = Hash(
    {
        "address": ADDRESS,
        "carrier": Text(),
        "name": Text(),
        "phone": Text(),
        "tracking_number": Text(),
    },
    required=("address", "name"),
    may_be_empty=True,
)
BILLING_DETAILS = Hash(
    {
        "address": ADDRESS,
        "email": Text(),
        "name": Text(),
        "phone": Text(),
        "tax_id": Text(),
    }
)
AUTOMATIC_METHODS = Hash(
    {"enabled": YesNo(), "allow_redirects": Text()}, required=("enabled",)
)


def list_table(**filters: Kind) -> Hash:
    """The parameters of a list: pages, creation time, and these filters."""
    return Hash(
        {
            "created": CREATED,
            "ending_before": Text(),
            "expand": EXPAND,
            "limit": Whole(minimum=1, maximum=100),
            "starting_after": Text(),
            **filters,
        }
    )
