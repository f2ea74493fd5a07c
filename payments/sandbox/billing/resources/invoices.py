"""/v1/invoices. https://docs.stripe.com/api/invoices"""

from payments.sandbox import clock
from payments.sandbox.api.endpoint import Call, Endpoint
from payments.sandbox.api.lists import matching, page
from payments.sandbox.api.params import Hash
from payments.sandbox.api.tables import EXPANDABLE, plain_list_table
from payments.sandbox.billing import agenda, invoicing
from payments.sandbox.billing.collecting import attempt, mark_paid
from payments.sandbox.billing.in_time import modifying
from payments.sandbox.billing.invoice_items import pending_items, subscription_of
from payments.sandbox.billing.invoice_object import (
    KIND,
    currency_of,
    new_invoice,
    subscription_id_of,
)
from payments.sandbox.billing.invoice_payments import cancel_payment
from payments.sandbox.billing.origin import remember_origin
from payments.sandbox.billing.periods import DAY_S
from payments.sandbox.billing.resources import invoice_tables as tables
from payments.sandbox.billing.resources.invoice_previews import create_preview
from payments.sandbox.billing.resources.matching_moments import is_within
from payments.sandbox.billing.resources.subscriptions import own_method
from payments.sandbox.billing.told import told
from payments.sandbox.errors import invalid, refused
from payments.sandbox.machines.intent_object import check_method_types
from payments.sandbox.machines.lookup import (
    found_by_param,
    found_in_path,
    merged_metadata,
)
from payments.sandbox.machines.methods import method_from_reference
from payments.sandbox.money import check_currency
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

_AUTO_ADVANCES_AFTER_S = 3600
_WHEN_FINAL = {"auto_advance", "default_payment_method", "expand", "metadata"}


def create(call: Call) -> Json:
    params = call.params
    remember_origin(call)
    subscription = None
    if "subscription" in params:
        subscription = found_by_param("subscription", params["subscription"])
        params.setdefault("customer", subscription["customer"])
    if "customer" not in params:
        raise invalid(
            "Missing required param: customer.",
            code="parameter_missing",
            param="customer",
        )
    customer = found_by_param("customer", params["customer"])
    with modifying(customer):
        currency = check_currency(params.get("currency") or currency_of(customer))
        invoice = new_invoice(customer, currency, "manual", subscription=subscription)
        items = _items_to_take(invoice, params)
        _describe(invoice, params)
        finalizes_at = None
        if params.get("auto_advance"):
            finalizes_at = clock.now() + _AUTO_ADVANCES_AFTER_S
        invoicing.draft_invoice(
            invoice, items=items, lines=[], finalizes_at=finalizes_at
        )
        if subscription:
            subscription["latest_invoice"] = invoice["id"]
            STORE.save(subscription)
    return invoice


def read(call: Call) -> Json:
    return found_in_path(KIND, call.arg("id"))


def update(call: Call) -> Json:
    invoice, params = read(call), call.params
    with modifying(invoice):
        if invoice["status"] != "draft" and set(params) - _WHEN_FINAL:
            raise refused(
                "Finalized invoices can't be updated in this way.",
                code="invoice_not_editable",
            )
        with told("invoice.updated", invoice):
            _describe(invoice, params)
            if "auto_advance" in params and invoice["status"] == "draft":
                _advance_later(invoice, params["auto_advance"])
            elif "auto_advance" in params:
                invoice["auto_advance"] = params["auto_advance"]
    return invoice


def delete(call: Call) -> Json:
    invoice = read(call)
    with modifying(invoice):
        invoicing.delete_draft(invoice)
    return {"id": invoice["id"], "object": KIND, "deleted": True}


def finalize(call: Call) -> Json:
    invoice = read(call)
    remember_origin(call)
    with modifying(invoice):
        if "auto_advance" in call.params:
            invoice["auto_advance"] = call.params["auto_advance"]
        invoicing.finalize(invoice)
        if invoice["auto_advance"] and invoice["status"] == "open":
            _collect_later(invoice)
    return invoice


def pay(call: Call) -> Json:
    """Final or not: a draft is made final first."""
    invoice, params = read(call), call.params
    remember_origin(call)
    with modifying(invoice):
        if invoice["status"] == "draft":
            invoicing.finalize(invoice)
            if invoice["status"] == "paid":
                return invoice
        if invoice["status"] == "paid":
            raise refused("Invoice is already paid", code="invoice_already_paid")
        invoicing.check_due(invoice)
        if params.get("paid_out_of_band"):
            cancel_payment(invoice, "void_invoice")
            mark_paid(invoice, off_stripe=True)
            return invoice
        method = None
        if "payment_method" in params:
            method = method_from_reference(params["payment_method"])
        refusal = attempt(
            invoice, method=method, off_session=params.get("off_session", True)
        )
        if refusal:
            raise refusal
    return invoice


def send(call: Call) -> Json:
    """Mail it, so to speak: nothing is mailed, and `invoice.sent` says it was."""
    invoice = read(call)
    remember_origin(call)
    with modifying(invoice):
        if invoice["status"] == "draft":
            invoicing.finalize(invoice)
        emit("invoice.sent", invoice)
    return invoice


def void(call: Call) -> Json:
    invoice = read(call)
    with modifying(invoice):
        invoicing.void(invoice)
    return invoice


def mark_uncollectible(call: Call) -> Json:
    invoice = read(call)
    with modifying(invoice):
        invoicing.mark_uncollectible(invoice)
    return invoice


def all_invoices(call: Call) -> Json:
    params = call.params
    found = [
        invoice
        for invoice in matching(
            STORE.all(KIND),
            collection_method=params.get("collection_method"),
            customer=params.get("customer"),
            status=params.get("status"),
        )
        if params.get("subscription") in (None, subscription_id_of(invoice))
        and is_within(invoice["due_date"], params.get("due_date"))
    ]
    return page(call, found, kind=KIND)


def lines_of(call: Call) -> Json:
    """In the invoice's own order, which is why the page turns them round twice."""
    lines = read(call)["lines"]["data"]
    return page(call, reversed(lines), kind="line_item")


def _items_to_take(invoice: Json, params: Json) -> list[Json]:
    wanted = params.get("pending_invoice_items_behavior", "exclude")
    subscription_id = subscription_id_of(invoice)
    found = pending_items(
        invoice["customer"], invoice["currency"], subscription_id or ""
    )
    if subscription_id:
        found = [item for item in found if subscription_of(item) == subscription_id]
        if not found:
            raise refused(
                f"Nothing to invoice for subscription {subscription_id}.",
                code="invoice_no_subscription_line_items",
            )
        return found
    return found if wanted == "include" else []


def _describe(invoice: Json, params: Json) -> None:
    for name in ("description", "footer", "statement_descriptor"):
        if name in params:
            invoice[name] = params[name] or None
    if "metadata" in params:
        invoice["metadata"] = merged_metadata(invoice, params["metadata"])
    if "default_payment_method" in params:
        invoice["default_payment_method"] = own_method(
            params["default_payment_method"], invoice["customer"]
        )
    if "payment_method_types" in params.get("payment_settings", {}):
        kinds = params["payment_settings"]["payment_method_types"]
        check_method_types(kinds)
        invoice["payment_settings"]["payment_method_types"] = kinds or None
    if "collection_method" in params:
        invoice["collection_method"] = params["collection_method"]
    if "due_date" in params:
        invoice["due_date"] = params["due_date"]
    elif "days_until_due" in params:
        days = params["days_until_due"]
        invoice["due_date"] = invoice["created"] + days * DAY_S


def _advance_later(invoice: Json, is_wanted: bool) -> None:
    at = clock.now() + _AUTO_ADVANCES_AFTER_S if is_wanted else None
    invoice.update(auto_advance=is_wanted, automatically_finalizes_at=at)
    if at:
        facts = {"invoice_id": invoice["id"]}
        agenda.appoint(invoice, "invoice.finalizes", at=at, **facts)


def _collect_later(invoice: Json) -> None:
    if invoice["collection_method"] == "charge_automatically":
        at = clock.now() + _AUTO_ADVANCES_AFTER_S
        invoice["next_payment_attempt"] = at
        STORE.save(invoice)
        facts = {"invoice_id": invoice["id"], "moment": at}
        agenda.appoint(invoice, "invoice.retries", at=at, **facts)


_ROOT = "/v1/invoices"
_ONE = f"{_ROOT}/{{id}}"
ENDPOINTS = (
    Endpoint("POST", _ROOT, tables.CREATE, create),
    Endpoint("POST", f"{_ROOT}/create_preview", tables.PREVIEW, create_preview),
    Endpoint("GET", _ROOT, tables.LIST, all_invoices),
    Endpoint("GET", _ONE, EXPANDABLE, read),
    Endpoint("POST", _ONE, tables.UPDATE, update),
    Endpoint("DELETE", _ONE, Hash({}), delete),
    Endpoint("POST", f"{_ONE}/finalize", tables.FINALIZE, finalize),
    Endpoint("POST", f"{_ONE}/pay", tables.PAY, pay),
    Endpoint("POST", f"{_ONE}/send", EXPANDABLE, send),
    Endpoint("POST", f"{_ONE}/void", EXPANDABLE, void),
    Endpoint("POST", f"{_ONE}/mark_uncollectible", EXPANDABLE, mark_uncollectible),
    Endpoint("GET", f"{_ONE}/lines", plain_list_table(), lines_of),
)
