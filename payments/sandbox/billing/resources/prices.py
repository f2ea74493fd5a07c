"""/v1/prices: fixed sums, once or per period. https://docs.stripe.com/api/prices"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import (
    Choice,
    Hash,
    ListOf,
    Metadata,
    Text,
    Whole,
    YesNo,
)
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, list_table
from payments.sandbox.billing.prices import (
    PRICE,
    PRODUCT,
    make_price,
    new_product,
)
from payments.sandbox.billing.resources.products import INTERVAL, TAX_BEHAVIOR
from payments.sandbox.billing.told import told
from payments.sandbox.errors import invalid
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_CREATE = Hash(
    {
        "active": YesNo(),
        "billing_scheme": Choice("per_unit"),
        "currency": Text(),
        "expand": EXPAND,
        "lookup_key": Text(200),
        "metadata": Metadata(),
        "nickname": Text(),
        "product": Text(),
        "product_data": Hash(
            {
                "active": YesNo(),
                "id": Text(),
                "metadata": Metadata(),
                "name": Text(may_be_empty=False),
                "statement_descriptor": Text(22),
                "unit_label": Text(),
            },
            required=("name",),
        ),
        "recurring": Hash(
            {
                "interval": INTERVAL,
                "interval_count": Whole(minimum=1),
                "usage_type": Choice("licensed"),
            },
            required=("interval",),
        ),
        "tax_behavior": TAX_BEHAVIOR,
        "transfer_lookup_key": YesNo(),
        "unit_amount": Whole(minimum=0, maximum=99_999_999),
    },
    required=("currency", "unit_amount"),
)
_UPDATE = Hash(
    {
        "active": YesNo(),
        "expand": EXPAND,
        "lookup_key": Text(200),
        "metadata": Metadata(),
        "nickname": Text(),
        "tax_behavior": TAX_BEHAVIOR,
        "transfer_lookup_key": YesNo(),
    }
)
_RECURRING = Hash({"interval": INTERVAL, "usage_type": Choice("licensed")})


def create(call: Call) -> Json:
    params = call.params
    if ("product" in params) == ("product_data" in params):
        raise invalid(
            "You must specify either `product` or `product_data` when creating a "
            "price.",
            code="parameter_missing",
            param="product",
        )
    _check_lookup_key(params)
    product = _product(params)
    if params.get("lookup_key"):
        _release_lookup_key(params["lookup_key"])
    return make_price(product, params, lookup_key=params.get("lookup_key") or None)


def read(call: Call) -> Json:
    return found_in_path(PRICE, call.arg("id"), param="price")


def update(call: Call) -> Json:
    price, params = found_in_path(PRICE, call.arg("id"), param="price"), call.params
    if params.get("lookup_key") != price["lookup_key"]:
        _check_lookup_key(params)
    if params.get("lookup_key"):
        _release_lookup_key(params["lookup_key"], but=price["id"])
    with told("price.updated", price):
        for name in ("active", "tax_behavior"):
            if name in params:
                price[name] = params[name]
        for name in ("lookup_key", "nickname"):
            if name in params:
                price[name] = params[name] or None
        if "metadata" in params:
            price["metadata"] = merged_metadata(price, params["metadata"])
    return price


def all_prices(call: Call) -> Json:
    params = call.params
    recurring = params.get("recurring")
    found = [
        price
        for price in matching(
            STORE.all(PRICE),
            active=params.get("active"),
            currency=params.get("currency"),
            product=params.get("product"),
            type=params.get("type"),
        )
        if price["lookup_key"] in params.get("lookup_keys", [price["lookup_key"]])
        and (not recurring or _recurs(price, recurring))
    ]
    return page(call, found, kind=PRICE)


def _product(params: Json) -> Json:
    if "product" in params:
        return found_by_param(PRODUCT, params["product"])
    given = dict(params["product_data"])
    given["metadata"] = given.get("metadata") or {}
    product = STORE.save(new_product(given.pop("name"), **given))
    emit("product.created", product)
    return product


def _check_lookup_key(params: Json) -> None:
    key = params.get("lookup_key")
    if not key or params.get("transfer_lookup_key"):
        return
    if matching(STORE.all(PRICE), lookup_key=key):
        raise invalid(
            f"A price already uses that lookup key: `{key}`. Pass "
            "`transfer_lookup_key` to move it.",
            code="resource_already_exists",
            param="lookup_key",
        )


def _release_lookup_key(key: str, *, but: str = "") -> None:
    for price in matching(STORE.all(PRICE), lookup_key=key):
        if price["id"] != but:
            with told("price.updated", price):
                price["lookup_key"] = None


def _recurs(price: Json, asked: Json) -> bool:
    recurring = price["recurring"]
    return recurring is not None and all(
        recurring[name] == value for name, value in asked.items()
    )


_ROOT = "/v1/prices"
ENDPOINTS = (
    Endpoint("POST", _ROOT, _CREATE, create),
    Endpoint(
        "GET",
        _ROOT,
        list_table(
            active=YesNo(),
            currency=Text(),
            lookup_keys=ListOf(Text()),
            product=Text(),
            recurring=_RECURRING,
            type=Choice("one_time", "recurring"),
        ),
        all_prices,
    ),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", _UPDATE, update),
)
