"""The invoice's machine: drafted, finalized, voided, given up.

https://docs.stripe.com/invoicing/integration/workflow-transitions
"""

from payments.sandbox import clock
from payments.sandbox.billing import agenda
from payments.sandbox.billing.collecting import mark_paid
from payments.sandbox.billing.invoice_object import (
    KIND,
    amount_due,
    bind_currency,
    set_lines,
    take_customer,
)
from payments.sandbox.billing.invoice_payments import (
    cancel_payment,
    make_payment,
)
from payments.sandbox.billing.lines import line_of_item
from payments.sandbox.billing.origin import origin
from payments.sandbox.billing.told import told
from payments.sandbox.errors import ApiError, doc_url, refused
from payments.sandbox.ids import random_text
from payments.sandbox.money import check_amount
from payments.sandbox.store import STORE, Json
from payments.sandbox.webhooks.events import emit

DUE = ("open", "uncollectible")


def draft_invoice(
    invoice: Json, *, items: list[Json], lines: list[Json], finalizes_at: int | None
) -> Json:
    """Save a draft that takes these invoice items and lines, and tell of it.

    `finalizes_at` is when it becomes final by itself; None leaves that to a call.
    """
    customer = customer_of(invoice)
    for item in items:
        item["invoice"] = invoice["id"]
        STORE.save(item)
    set_lines(invoice, [*(line_of_item(item) for item in items), *lines], customer)
    bind_currency(customer, invoice["currency"])
    if finalizes_at is not None:
        invoice.update(auto_advance=True, automatically_finalizes_at=finalizes_at)
        agenda.appoint(
            invoice, "invoice.finalizes", at=finalizes_at, invoice_id=invoice["id"]
        )
    STORE.save(invoice)
    emit("invoice.created", invoice)
    return invoice


def add_to_draft(invoice: Json, items: list[Json]) -> None:
    """Have a draft take further invoice items, at the end of its lines."""
    check_draft(invoice)
    for item in items:
        item["invoice"] = invoice["id"]
        STORE.save(item)
    added = [line_of_item(item) for item in items]
    with told("invoice.updated", invoice):
        lines = invoice["lines"]["data"] + added
        set_lines(invoice, lines, customer_of(invoice))


def recount(invoice: Json) -> None:
    """Make a draft's lines anew from the items it took, after one of them changed."""
    kept = {item["id"]: item for item in items_of(invoice)}
    lines: list[Json] = []
    for line in invoice["lines"]["data"]:
        details = line["parent"][line["parent"]["type"]]
        item_id = details["invoice_item"]
        if item_id is None:
            lines.append(line)
        elif item_id in kept:
            lines.append({**line_of_item(kept[item_id]), "id": line["id"]})
    with told("invoice.updated", invoice):
        set_lines(invoice, lines, customer_of(invoice))


def finalize(invoice: Json) -> None:
    """Make a draft final: number, sums, and an intent to pay it, unless it is free.

    Raises 400 for more than a charge may be; `invoice.finalization_failed` tells it.
    """
    check_draft(invoice)
    customer = customer_of(invoice)
    take_customer(invoice, customer)
    set_lines(invoice, invoice["lines"]["data"], customer)
    _check_collectible(invoice)
    _settle_balance(invoice, customer)
    now, where = clock.now(), f"{origin()}/_/invoices/{invoice['id']}"
    invoice.update(
        status="open",
        number=_next_number(customer),
        automatically_finalizes_at=None,
        effective_at=now,
        hosted_invoice_url=where,
        invoice_pdf=f"{where}/pdf",
        last_finalization_error=None,
    )
    invoice["status_transitions"]["finalized_at"] = now
    STORE.save(invoice)
    if invoice["amount_due"]:
        make_payment(invoice)
    emit("invoice.finalized", invoice)
    if not invoice["amount_due"]:
        mark_paid(invoice)


def void(invoice: Json) -> None:
    """Make an invoice as if it had never been. Its intent is canceled."""
    check_due(invoice)
    cancel_payment(invoice, "void_invoice")
    invoice.update(status="void", next_payment_attempt=None, auto_advance=False)
    invoice["status_transitions"]["voided_at"] = clock.now()
    STORE.save(invoice)
    emit("invoice.voided", invoice)


def mark_uncollectible(invoice: Json) -> None:
    """Give up hope; whoever wants may still pay it."""
    check_due(invoice)
    invoice.update(
        status="uncollectible", next_payment_attempt=None, auto_advance=False
    )
    invoice["status_transitions"]["marked_uncollectible_at"] = clock.now()
    STORE.save(invoice)
    emit("invoice.marked_uncollectible", invoice)


def delete_draft(invoice: Json) -> None:
    """Only what is not final can be deleted; its items go back to waiting."""
    check_draft(invoice)
    for item in items_of(invoice):
        item["invoice"] = None
        STORE.save(item)
    STORE.delete(KIND, invoice["id"])
    emit("invoice.deleted", invoice)


def check_draft(invoice: Json) -> None:
    if invoice["status"] != "draft":
        raise refused(
            "This invoice is already finalized, you can't re-finalize a non-draft "
            "invoice, edit its lines or delete it.",
            code="invoice_not_editable",
        )


def check_due(invoice: Json) -> None:
    if invoice["status"] not in DUE:
        raise refused(
            "You can only pass in open or uncollectible invoices. This invoice isn't "
            "open.",
            code="status_transition_invalid",
        )


def customer_of(thing: Json) -> Json:
    return STORE.get("customer", thing["customer"]) or {}


def items_of(invoice: Json) -> list[Json]:
    return [
        item for item in STORE.all("invoiceitem") if item["invoice"] == invoice["id"]
    ]


def _settle_balance(invoice: Json, customer: Json) -> None:
    """What is not collected now stays on the customer's balance."""
    rest = invoice["total"] + customer["balance"]
    due = amount_due(invoice["total"], customer["balance"], invoice["currency"])
    invoice["ending_balance"] = 0 if due else rest
    if customer["balance"] != invoice["ending_balance"]:
        with told("customer.updated", customer):
            customer["balance"] = invoice["ending_balance"]


def _check_collectible(invoice: Json) -> None:
    if not invoice["amount_due"]:
        return
    try:
        check_amount(invoice["amount_due"], invoice["currency"])
    except ApiError as problem:
        code = str(problem.error["code"])
        invoice.update(
            automatically_finalizes_at=None,
            last_finalization_error={
                "code": code,
                "doc_url": doc_url(code),
                "message": problem.error["message"],
                "type": "invalid_request_error",
            },
        )
        STORE.save(invoice)
        emit("invoice.finalization_failed", invoice)
        raise


def _next_number(customer: Json) -> str:
    sequence = customer["next_invoice_sequence"]
    customer["next_invoice_sequence"] = sequence + 1
    STORE.save(customer)
    prefix = customer["invoice_prefix"] or random_text(8).upper()
    return f"{prefix}-{sequence:04d}"
