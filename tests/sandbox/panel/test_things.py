"""A person does to objects what buyers, banks and the dashboard do."""

from playwright.sync_api import expect

from tests.sandbox.making import Api, make_customer, make_intent, make_paid_intent
from tests.sandbox.panel.person import Panel
from tests.sandbox_process import SandboxProcess


def test_a_payment_is_paid_with_a_test_card(api: Api, panel: Panel) -> None:
    intent = make_intent(api)
    panel.open_thing(intent.id)

    panel.press("Pay…")
    panel.press("Pay")

    panel.is_told("€79.00 paid.")
    expect(
        panel.detail.get_by_role("link", name="payment_intent.succeeded")
    ).to_be_visible()
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"


def test_the_card_that_pays_can_be_chosen(api: Api, panel: Panel) -> None:
    intent = make_intent(api)
    panel.open_thing(intent.id)

    panel.press("Pay…")
    panel.page.get_by_label("With").select_option("4000000000009995")
    panel.press("Pay")

    panel.is_told("Not paid: Your card has insufficient funds.")
    panel.see("insufficient_funds: Your card has insufficient funds.")


def test_a_card_is_declined_with_one_click(api: Api, panel: Panel) -> None:
    intent = make_intent(api)
    panel.open_thing(intent.id)

    panel.press("Decline a card")

    panel.is_told("Not paid")
    found = api.payment_intents.retrieve(intent.id)
    assert found.last_payment_error.decline_code == "generic_decline"


def test_a_buyer_who_left_at_3d_secure_comes_back(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    intent = make_intent(api)
    sandbox.pay(intent.id, card="4000002760003184", three_d_secure="none")
    panel.open_thing(intent.id)

    panel.press("Authenticate")

    panel.is_told("It is now: succeeded.")


def test_a_payment_is_canceled(api: Api, panel: Panel) -> None:
    intent = make_intent(api)
    panel.open_thing(intent.id)

    panel.press("Cancel…")
    panel.press("Cancel")

    panel.is_told("The payment is canceled.")
    assert api.payment_intents.retrieve(intent.id).status == "canceled"


def test_a_debit_is_decided_by_the_bank(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    sandbox.control("POST", "payment_methods", enabled=["card", "sepa_debit"])
    intent = make_intent(api)
    sandbox.pay(intent.id, type="sepa_debit", iban="FR3020041010050500013M02609")
    panel.open_thing(intent.id)

    panel.press("The bank refuses")

    panel.is_told("The payment is now: requires payment method.")


def test_a_part_is_refunded_as_in_stripes_dashboard(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    intent = make_paid_intent(api)
    panel.open_thing(intent.latest_charge)
    before = len(sandbox.requests())

    panel.press("Refund…")
    panel.page.get_by_label("Amount").fill("29,50")
    panel.press("Refund")

    panel.is_told("€29.50 refunded: succeeded.")
    expect(panel.detail).to_contain_text("partly refunded")
    [refund] = api.refunds.list().data
    assert refund.amount == 2950
    assert len(sandbox.requests()) == before + 1  # ours, just now


def test_a_whole_payment_is_refunded_from_the_payment(api: Api, panel: Panel) -> None:
    intent = make_paid_intent(api)
    panel.open_thing(intent.id)

    panel.press("Refund…")
    panel.press("Refund")

    panel.is_told("€79.00 refunded: succeeded.")
    expect(panel.page.get_by_role("button", name="Refund…")).to_be_hidden()


def test_too_much_is_refused_in_stripes_words(api: Api, panel: Panel) -> None:
    intent = make_paid_intent(api)
    panel.open_thing(intent.id)

    panel.press("Refund…")
    panel.page.get_by_label("Amount").fill("100")
    panel.press("Refund")

    panel.is_told("is greater than unrefunded amount")


def test_a_dispute_is_opened_and_won(api: Api, panel: Panel) -> None:
    intent = make_paid_intent(api)
    panel.open_thing(intent.id)
    panel.press("Open a dispute…")
    panel.press("Open a dispute")
    panel.is_told("The dispute is open: needs response.")

    panel.detail.get_by_role("link", name="Dispute €79.00").click()
    panel.press("The merchant wins")

    panel.is_told("The dispute is now: won.")


def test_a_refund_is_brought_to_fail(api: Api, panel: Panel) -> None:
    intent = make_paid_intent(api)
    refund = api.refunds.create({"payment_intent": intent.id})
    panel.open_thing(refund.id)

    panel.press("Let it fail")

    panel.is_told("The refund is now: failed.")


def test_a_subscription_is_canceled_without_a_call(
    api: Api, sandbox: SandboxProcess, panel: Panel
) -> None:
    customer = make_customer(api)
    method = api.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    product = api.products.create({"name": "Cercle"})
    monthly = {
        "unit_amount": 1900,
        "currency": "eur",
        "recurring": {"interval": "month"},
    }
    price = api.prices.create({"product": product.id, **monthly})
    made = api.subscriptions.create(
        {
            "customer": customer.id,
            "items": [{"price": price.id}],
            "default_payment_method": method.id,
        }
    )
    before = len(sandbox.requests())
    panel.open_thing(made.id)

    panel.press("Cancel now")

    panel.is_told("Cancel now: it is now canceled.")
    [event] = sandbox.events(type="customer.subscription.deleted")
    assert event["request"]["id"] is None
    assert len(sandbox.requests()) == before


def test_what_a_merchant_wrote_is_text_and_no_markup(api: Api, panel: Panel) -> None:
    nasty = '<img src=x onerror="document.title=1">'
    intent = make_intent(api, description=nasty, metadata={"order": nasty})

    panel.open_thing(intent.id)

    panel.see(nasty)
    assert panel.page.locator("img[src=x]").count() == 0


def test_an_object_that_is_not_there_says_so(panel: Panel) -> None:
    panel.open("objects", "any", "pi_nobody")

    panel.see("There is no object pi_nobody.")
