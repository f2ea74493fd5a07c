"""/v1/invoiceitems. https://docs.stripe.com/api/invoiceitems"""

from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Hash
from payments.sandbox.api.tables import EXPANDABLE
from payments.sandbox.billing.in_time import modifying
from payments.sandbox.billing.invoice_items import (
    KIND,
    add_invoice_item,
    new_invoice_item,
    remove_invoice_item,
)
from payments.sandbox.billing.invoice_object import bind_currency, currency_of
from payments.sandbox.billing.invoicing import add_to_draft, check_draft, recount
from payments.sandbox.billing.lines import pricing_of
from payments.sandbox.billing.resources import invoice_tables as tables
from payments.sandbox.errors import invalid
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.money import check_currency
from payments.sandbox.store import STORE, Json


def create(call: Call) -> Json:
    params = call.params
    invoice = None
    if "invoice" in params:
        invoice = found_by_param("invoice", params["invoice"])
        check_draft(invoice)
        params.setdefault("customer", invoice["customer"])
    if "customer" not in params:
        raise invalid(
            "Missing required param: customer.",
            code="parameter_missing",
            param="customer",
        )
    customer = found_by_param("customer", params["customer"])
    with modifying(customer):
        item = new_invoice_item(customer, 0, _currency(params, customer))
        _value(item, params)
        _describe(item, params)
        if "subscription" in params:
            subscription = found_by_param("subscription", params["subscription"])
            item["parent"] = {
                "subscription_details": {"subscription": subscription["id"]},
                "type": "subscription_details",
            }
        bind_currency(customer, item["currency"])
        add_invoice_item(item)
        if invoice:
            add_to_draft(invoice, [item])
    return item


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    item, params = read(call), call.params
    with modifying(item):
        invoice = _draft_of(item)
        if {"amount", "pricing", "quantity"} & set(params):
            _value(item, {**_was(item), **params})
        _describe(item, params)
        STORE.save(item)
        if invoice:
            recount(invoice)
    return item


def delete(call: Call) -> Json:
    item = read(call)
    with modifying(item):
        invoice = _draft_of(item)
        remove_invoice_item(item)
        if invoice:
            recount(invoice)
    return {"id": item["id"], "object": KIND, "deleted": True}


def all_items(call: Call) -> Json:
    params = call.params
    pending = params.get("pending")
    found = [
        item
        for item in matching(
            STORE.all(KIND),
            customer=params.get("customer"),
            invoice=params.get("invoice"),
        )
        if pending in (None, item["invoice"] is None)
    ]
    return page(call, found, kind=KIND)


def _draft_of(item: Json) -> Json | None:
    """The draft that took the item, if any. What is final cannot be changed."""
    if item["invoice"] is None:
        return None
    invoice = STORE.get("invoice", item["invoice"]) or {}
    check_draft(invoice)
    return invoice


def _currency(params: Json, customer: Json) -> str:
    price = STORE.get("price", params.get("pricing", {}).get("price", "")) or {}
    known = params.get("currency") or price.get("currency")
    return check_currency(known or currency_of(customer))


def _was(item: Json) -> Json:
    """The parameters that would make the item as it is."""
    if item["pricing"] and item["pricing"].get("price_details"):
        price_id = item["pricing"]["price_details"]["price"]
        return {"pricing": {"price": price_id}, "quantity": item["quantity"]}
    return {"amount": item["amount"]}


def _value(item: Json, params: Json) -> None:
    """Either a sum, or a price that is paid once, so many times."""
    price_id = params.get("pricing", {}).get("price")
    if ("amount" in params) == bool(price_id):
        raise invalid(
            "You must specify either `amount` or `pricing[price]`.", param="amount"
        )
    quantity = params.get("quantity", 1)
    if price_id:
        price = found_by_param("price", price_id, param="pricing[price]")
        if price["type"] != "one_time":
            raise invalid(
                "The price specified is set to `type=recurring` but this field only "
                f"accepts prices with `type=one_time`: {price['id']}",
                param="pricing[price]",
            )
        item["amount"] = price["unit_amount"] * quantity
        item["pricing"] = pricing_of(price, unit_amount=price["unit_amount"])
    else:
        item["amount"] = params["amount"]
        quantity = 1
    item.update(
        net_amount=item["amount"], quantity=quantity, quantity_decimal=str(quantity)
    )


def _describe(item: Json, params: Json) -> None:
    if "description" in params:
        item["description"] = params["description"] or None
    for name in ("discountable", "period"):
        if name in params:
            item[name] = params[name]
    if "metadata" in params:
        item["metadata"] = merged_metadata(item, params["metadata"])


_ROOT = "/v1/invoiceitems"
ENDPOINTS = (
    Endpoint("POST", _ROOT, tables.ITEM_CREATE, create),
    Endpoint("GET", _ROOT, tables.ITEM_LIST, all_items),
    Endpoint("GET", f"{_ROOT}/{{id}}", EXPANDABLE, read),
    Endpoint("POST", f"{_ROOT}/{{id}}", tables.ITEM_UPDATE, update),
    Endpoint("DELETE", f"{_ROOT}/{{id}}", Hash({}), delete),
)
