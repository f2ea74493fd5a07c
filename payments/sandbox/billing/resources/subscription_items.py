"""/v1/subscription_items. https://docs.stripe.com/api/subscription_items"""

import copy

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import page
from payments.sandbox.api.tables import EXPANDABLE
from payments.sandbox.billing.changing import change_items
from payments.sandbox.billing.choosing_items import changed_items
from payments.sandbox.billing.in_time import modifying
from payments.sandbox.billing.origin import remember_origin
from payments.sandbox.billing.resources import subscription_tables as tables
from payments.sandbox.billing.resources.subscriptions import change_terms
from payments.sandbox.billing.subscription_object import ITEM, KIND, find_item
from payments.sandbox.errors import missing
from payments.sandbox.machines.lookup import found_by_param
from payments.sandbox.store import Json

_WANTED = ("metadata", "price", "price_data", "quantity")


def create(call: Call) -> Json:
    subscription = found_by_param(KIND, call.params["subscription"])
    before = {item["id"] for item in subscription["items"]["data"]}
    _change(call, subscription, _wanted(call))
    [made] = [
        item for item in subscription["items"]["data"] if item["id"] not in before
    ]
    return dict(made)


def read(call: Call) -> Json:
    return _found(call)[1]


def update(call: Call) -> Json:
    subscription, item = _found(call)
    _change(call, subscription, {"id": item["id"], **_wanted(call)})
    return _found(call)[1]


def delete(call: Call) -> Json:
    subscription, item = _found(call)
    _change(call, subscription, {"id": item["id"], "deleted": True})
    return {"id": item["id"], "object": ITEM, "deleted": True}


def all_items(call: Call) -> Json:
    subscription = found_by_param(KIND, call.params["subscription"])
    return page(call, subscription["items"]["data"], kind=ITEM)


def _found(call: Call) -> tuple[Json, Json]:
    found = find_item(call.arg("id"))
    if found is None:
        raise missing(ITEM, call.arg("id"), param="id", in_path=True)
    return found


def _wanted(call: Call) -> Json:
    return {name: call.params[name] for name in _WANTED if name in call.params}


def _change(call: Call, subscription: Json, wanted: Json) -> None:
    remember_origin(call)
    with modifying(subscription):
        items = changed_items(subscription, [copy.deepcopy(wanted)])
        change_items(subscription, items, change_terms(call.params))


_ROOT = "/v1/subscription_items"
ENDPOINTS = (
    Endpoint("POST", _ROOT, tables.ITEM_CREATE, create),
    Endpoint("GET", _ROOT, tables.ITEM_LIST, all_items),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", tables.ITEM_UPDATE, update),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", tables.ITEM_DELETE, delete),
)
