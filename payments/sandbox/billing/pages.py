"""The hosted page of an invoice and its PDF, where the real ones would be Stripe's."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from payments.sandbox.billing.pdf import pdf_of
from payments.sandbox.money import in_words
from payments.sandbox.store import STORE, Json

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Invoice {number}</title>
<style>
  :root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
  body {{ max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }}
  table {{ width: 100%; border-collapse: collapse; margin: 2rem 0; }}
  th, td {{ padding: .5rem 0; text-align: left; border-bottom: 1px solid #8884; }}
  td:last-child, th:last-child {{ text-align: right; white-space: nowrap; }}
  small {{ opacity: .7; }}
</style>
</head>
<body>
<small>Stripe sandbox · no real money</small>
<h1>Invoice {number}</h1>
<p>{status}<br>{email}<br>{day}</p>
<table>
<tbody>{lines}</tbody>
<tfoot><tr><th scope="row">Total</th><th>{total}</th></tr>
<tr><th scope="row">Amount due</th><th>{due}</th></tr></tfoot>
</table>
<p><a href="{pdf}">Download the PDF</a></p>
</body>
</html>"""
_WORDS = {
    "open": "To be paid",
    "paid": "Paid",
    "uncollectible": "Given up",
    "void": "Void",
}


@require_safe
def hosted_invoice(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """What a customer sees of an invoice. It cannot be paid here, as it could be."""
    invoice = _final_invoice(invoice_id)
    page = format_html(
        _PAGE,
        number=invoice["number"],
        status=_WORDS[invoice["status"]],
        email=invoice["customer_email"] or "",
        day=_day(invoice),
        lines=_rows(invoice),
        total=_sum(invoice, "total"),
        due=_sum(invoice, "amount_remaining"),
        pdf=invoice["invoice_pdf"],
    )
    return HttpResponse(page)


@require_safe
def invoice_pdf(request: HttpRequest, invoice_id: str) -> HttpResponse:
    invoice = _final_invoice(invoice_id)
    text = [
        "Stripe sandbox - no real money",
        "",
        f"Invoice {invoice['number']}",
        _day(invoice),
        invoice["customer_email"] or "",
        "",
        *(
            f"{line['description']}   {in_words(line['amount'], line['currency'])}"
            for line in invoice["lines"]["data"]
        ),
        "",
        f"Total   {_sum(invoice, 'total')}",
        f"{_WORDS[invoice['status']]}   {_sum(invoice, 'amount_due')}",
    ]
    name = f"Invoice-{invoice['number']}.pdf"
    return HttpResponse(
        pdf_of(text),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _final_invoice(invoice_id: str) -> Json:
    with STORE.lock:
        invoice = STORE.get("invoice", invoice_id)
        if invoice is None or invoice["number"] is None:
            raise Http404("There is no such invoice, or it is a draft.")
        return invoice


def _rows(invoice: Json) -> SafeString:
    return format_html_join(
        "\n",
        "<tr><td>{}</td><td>{}</td></tr>",
        (
            (line["description"] or "", in_words(line["amount"], line["currency"]))
            for line in invoice["lines"]["data"]
        ),
    )


def _sum(invoice: Json, name: str) -> str:
    return in_words(invoice[name], invoice["currency"])


def _day(invoice: Json) -> str:
    return f"{datetime.fromtimestamp(invoice['effective_at'], UTC):%Y-%m-%d}"
