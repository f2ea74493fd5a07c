"""Parameters that many endpoints share."""

from typing import Any

from payments.sandbox.api.params import Either, Hash, Kind, ListOf, Text, Whole, YesNo
from payments.sandbox.store import Json

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


class _WholeAddress(Hash):
    """An address that is kept as it is read: with null where nothing was given."""

    def read(self, raw: Any, name: str) -> Json | None:
        given = super().read(raw, name)
        return given and {field: given.get(field) or None for field in self.fields}


CUSTOMER_SHIPPING = Hash(
    {"address": _WholeAddress(ADDRESS.fields), "name": Text(), "phone": Text()},
    required=("address", "name"),
    may_be_empty=True,
)
SHIPPING = CUSTOMER_SHIPPING.plus(carrier=Text(), tracking_number=Text())
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
    return plain_list_table(created=CREATED, **filters)


def plain_list_table(**filters: Kind) -> Hash:
    """The same for the few lists that cannot be asked by creation time."""
    return Hash(
        {
            "ending_before": Text(),
            "expand": EXPAND,
            "limit": Whole(minimum=1, maximum=100),
            "starting_after": Text(),
            **filters,
        }
    )
