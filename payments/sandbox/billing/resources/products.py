"""/v1/products. https://docs.stripe.com/api/products"""

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
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
from payments.sandbox.api.tables import EXPAND, EXPANDABLE, list_table
from payments.sandbox.billing.prices import PRODUCT, make_price, new_product
from payments.sandbox.billing.told import told
from payments.sandbox.errors import invalid, refused
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

INTERVAL = Choice("day", "week", "month", "year")
TAX_BEHAVIOR = Choice("exclusive", "inclusive", "unspecified")
_TEXTS = ("description", "statement_descriptor", "tax_code", "unit_label", "url")
_DESCRIBING: Fields = {
    **{name: Text() for name in _TEXTS},
    "active": YesNo(),
    "expand": EXPAND,
    "images": ListOf(Text()),
    "marketing_features": ListOf(Hash({"name": Text()}, required=("name",))),
    "metadata": Metadata(),
    "name": Text(may_be_empty=False),
    "shippable": YesNo(),
}
_PRICE_DATA = Hash(
    {
        "currency": Text(),
        "metadata": Metadata(),
        "recurring": Hash(
            {"interval": INTERVAL, "interval_count": Whole(minimum=1)},
            required=("interval",),
        ),
        "tax_behavior": TAX_BEHAVIOR,
        "unit_amount": Whole(minimum=0),
    },
    required=("currency", "unit_amount"),
)
_CREATE = Hash(
    {
        **_DESCRIBING,
        "default_price_data": _PRICE_DATA,
        "id": Text(may_be_empty=False),
        "type": Choice("good", "service"),
    },
    required=("name",),
)
_UPDATE = Hash({**_DESCRIBING, "default_price": Text()})


def create(call: Call) -> Json:
    params = call.params
    product = new_product(params["name"], type=params.get("type", "service"))
    if "id" in params:
        if STORE.get(PRODUCT, params["id"]):
            raise invalid(
                "Product already exists.", code="resource_already_exists", param="id"
            )
        product["id"] = params["id"]
    _describe(product, params)
    STORE.save(product)
    emit("product.created", product)
    if "default_price_data" in params:
        price = make_price(product, params["default_price_data"])
        product["default_price"] = price["id"]
        STORE.save(product)
    return product


def read(call: Call) -> Json:
    gone = STORE.get("_deleted_product", call.arg("id"))
    return gone or found_in_path(PRODUCT, call.arg("id"))


def update(call: Call) -> Json:
    product, params = found_in_path(PRODUCT, call.arg("id")), call.params
    with told("product.updated", product):
        _describe(product, params)
        if "default_price" in params:
            price = found_by_param("price", params["default_price"])
            if price["product"] != product["id"]:
                raise invalid(
                    f"The price {price['id']} does not belong to this product.",
                    param="default_price",
                )
            product["default_price"] = price["id"]
        product["updated"] = clock.now()
    return product


def delete(call: Call) -> Json:
    product = found_in_path(PRODUCT, call.arg("id"))
    if matching(STORE.all("price"), product=product["id"]):
        raise refused(
            "This product cannot be deleted because it has one or more user-created "
            "prices."
        )
    gone: Json = {"id": product["id"], "object": PRODUCT, "deleted": True}
    STORE.delete(PRODUCT, product["id"])
    STORE.put("_deleted_product", product["id"], gone)
    emit("product.deleted", product)
    return gone


def all_products(call: Call) -> Json:
    params = call.params
    found = [
        product
        for product in matching(
            STORE.all(PRODUCT),
            active=params.get("active"),
            shippable=params.get("shippable"),
            url=params.get("url"),
        )
        if product["id"] in params.get("ids", [product["id"]])
    ]
    return page(call, found, kind=PRODUCT)


def _describe(product: Json, params: Json) -> None:
    for name in _TEXTS:
        if name in params:
            product[name] = params[name] or None
    for name in ("active", "images", "marketing_features", "name", "shippable"):
        if name in params:
            product[name] = params[name]
    if "metadata" in params:
        product["metadata"] = merged_metadata(product, params["metadata"])


_ROOT = "/v1/products"
ENDPOINTS = (
    Endpoint("POST", _ROOT, _CREATE, create),
    Endpoint(
        "GET",
        _ROOT,
        list_table(active=YesNo(), ids=ListOf(Text()), shippable=YesNo(), url=Text()),
        all_products,
    ),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", _UPDATE, update),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", Hash({}), delete),
)
