"""With the publishable key and the secret of an invoice, as Stripe.js does."""

from typing import Any

from tests.sandbox.billing.making import begin_checkout, intent_of, latest_invoice
from tests.sandbox.making import Api, make_customer
from tests.sandbox.raw_calls import RawApi

NEW_CARD = {
    "payment_method_data[type]": "card",
    "payment_method_data[allow_redisplay]": "always",
    "payment_method_data[card][number]": "4242424242424242",
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": "34",
    "payment_method_data[card][cvc]": "123",
}


def confirm(raw: RawApi, api: Api, subscription: Any, how: dict[str, str]) -> Any:
    intent = intent_of(api, subscription.latest_invoice.id)
    secret = subscription.latest_invoice.confirmation_secret.client_secret
    path = f"/v1/payment_intents/{intent.id}/confirm"
    return raw.from_browser("POST", path, {"client_secret": secret, **how})


def test_a_new_card_pays_the_first_invoice(api: Api, raw: RawApi) -> None:
    subscription = begin_checkout(api, make_customer(api))

    answer = confirm(raw, api, subscription, NEW_CARD)

    assert (answer.status, answer.body["status"]) == (200, "succeeded")
    assert latest_invoice(api, subscription).status == "paid"


def test_a_saved_card_pays_the_next_subscription(api: Api, raw: RawApi) -> None:
    customer = make_customer(api)
    confirm(raw, api, begin_checkout(api, customer), NEW_CARD)
    [saved] = api.payment_methods.list({"customer": customer.id}).data

    second = begin_checkout(api, customer)
    answer = confirm(raw, api, second, {"payment_method": saved.id})

    assert saved.allow_redisplay == "always"
    assert answer.body["status"] == "succeeded"
    assert api.subscriptions.retrieve(second.id).default_payment_method == saved.id


def test_a_decline_is_told_in_the_browser_and_on_the_invoice(
    api: Api, raw: RawApi
) -> None:
    subscription = begin_checkout(api, make_customer(api))
    declined = {**NEW_CARD, "payment_method_data[card][number]": "4000000000000002"}

    answer = confirm(raw, api, subscription, declined)

    assert (answer.status, answer.error["code"]) == (402, "card_declined")
    assert latest_invoice(api, subscription).attempted is True
