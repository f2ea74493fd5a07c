"""What a customer sees behind an invoice's links."""

from typing import Any
from urllib.request import urlopen

import pytest

from tests.sandbox.billing.making import latest_invoice, make_payer, subscribe
from tests.sandbox.making import Api
from tests.sandbox.raw_calls import RawApi
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def invoice(api: Api) -> Any:
    return latest_invoice(api, subscribe(api, make_payer(api)))


def page(raw: RawApi, sandbox: SandboxProcess, address: str) -> Any:
    return raw.call("GET", address.removeprefix(sandbox.url), headers={})


def test_the_hosted_page_shows_lines_and_status(
    invoice: Any, raw: RawApi, sandbox: SandboxProcess
) -> None:
    answer = page(raw, sandbox, invoice.hosted_invoice_url)

    assert answer.status == 200
    assert f"Invoice {invoice.number}" in answer.text
    assert "1 × Accompagnement Intégral" in answer.text
    assert "€97.00" in answer.text
    assert "Paid" in answer.text


def test_a_product_cannot_smuggle_markup_into_the_page(
    api: Api, raw: RawApi, sandbox: SandboxProcess
) -> None:
    customer = make_payer(api)
    api.invoice_items.create(
        {"customer": customer.id, "amount": 900, "description": "<b>Tarot</b>"}
    )
    invoice = latest_invoice(api, subscribe(api, customer))

    answer = page(raw, sandbox, invoice.hosted_invoice_url)

    assert "&lt;b&gt;Tarot" in answer.text


def test_the_pdf_can_be_downloaded(invoice: Any) -> None:
    with urlopen(invoice.invoice_pdf) as answer:
        body = answer.read()

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith(f'{invoice.number}.pdf"')
    assert body.startswith(b"%PDF-1.4")
    assert f"Invoice {invoice.number}".encode() in body
    assert "€97.00".encode("cp1252") in body


def test_a_draft_has_no_page(api: Api, raw: RawApi) -> None:
    draft = api.invoices.create({"customer": make_payer(api).id})

    assert raw.call("GET", f"/_/invoices/{draft.id}", headers={}).status == 404
