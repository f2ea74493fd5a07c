"""Merchants' mistakes are refused as Stripe.js refuses them: IntegrationError."""

import pytest

from tests.sandbox.browser.checkout import Checkout

WITHOUT_AN_ELEMENT = [
    ("Stripe()", "Please call Stripe() with your publishable key"),
    ("Stripe('')", "You used an empty string"),
    ("Stripe('sk_test_1')", "You should not use your secret key"),
    ("Stripe('rk_test_1')", "You should not use your secret key"),
    ("Stripe('pk_live_1')", "no live key"),
    ("Stripe('something')", "Invalid API Key"),
    (
        "stripe.elements({clientSecret: 'pi_1'})",
        "clientSecret should be a client secret of the form ${id}_secret_${secret}",
    ),
    (
        "stripe.elements({clientSecret: 'pi_mock_1_secret_2'})",
        "clientSecret should be a client secret",
    ),
    ("stripe.elements({clientSecret: undefined}).create('payment')", "must pass a cl"),
    ("stripe.elements().create('payment')", "must pass a clientSecret or mode"),
    ("stripe.elements({mode: 'payment'})", "amount and currency are required"),
    ("stripe.elements({clientSecret: secret, mode: 'payment'})", "not both"),
    ("group.create('cheque')", "A valid Element name must be provided"),
    (
        "group.create('payment'); group.create('payment')",
        "Can only create one Element of type payment.",
    ),
    ("group.create('payment').mount()", "Missing argument. Make sure to call mount()"),
    ("group.create('payment').mount('#no')", "applies to no DOM elements"),
    ("group.create('payment').mount({})", "Invalid DOM element"),
    (
        "const e = group.create('payment'); e.mount('#payment'); e.mount('#express')",
        "This Element is already mounted",
    ),
    (
        "const e = group.create('payment'); e.destroy(); e.mount('#payment')",
        "This Element has already been destroyed",
    ),
    ("group.create('payment').on('ready')", "Missing handler"),
    ("await stripe.confirmPayment()", "expected an object"),
    (
        "await stripe.confirmPayment({redirect: 'if_required'})",
        "must pass in a clientS",
    ),
    (
        "await stripe.confirmPayment({elements: {}, redirect: 'if_required'})",
        "elements should be an Elements group",
    ),
    (
        "await stripe.confirmPayment({elements: group, redirect: 'if_required'})",
        "elements should have a mounted Payment Element or Express Checkout Element",
    ),
    (
        "await stripe.confirmPayment({elements: group})",
        "`confirmParams.return_url` argument is required unless passing",
    ),
    (
        "await stripe.confirmPayment({elements: group, redirect: 'never'})",
        "redirect should be one of",
    ),
    ("await group.submit()", "mounted Payment Element"),
    ("await group.update({clientSecret: secret})", "not a mutable property"),
    ("await stripe.retrievePaymentIntent('pi_1')", "value should be a client secret"),
    (
        "await stripe.retrievePaymentIntent('seti_1_secret_2')",
        "You specified: a SetupIntent client secret",
    ),
    (
        "await stripe.handleNextAction({clientSecret: secret})",
        "not in the requires_action state",
    ),
]


@pytest.mark.parametrize(("mistake", "message"), WITHOUT_AN_ELEMENT)
def test_a_mistake_is_an_integration_error(
    checkout: Checkout, mistake: str, message: str
) -> None:
    secret = checkout.intent().client_secret
    checkout.visit()

    thrown = checkout.thrown_by(
        f"""
        const secret = "{secret}";
        const stripe = Stripe("pk_test_shop");
        const group = stripe.elements({{clientSecret: secret}});
        {mistake};
        """
    )

    assert thrown.startswith("IntegrationError: ")
    assert message in thrown


CONFIRM = """
    await stripe.confirmPayment({
        elements, redirect: "if_required", confirmParams: {return_url: location.href},
    })
"""


def test_submit_comes_before_confirm(checkout: Checkout) -> None:
    intent = checkout.open()
    checkout.fill_card()

    thrown = checkout.thrown_by(CONFIRM)

    assert "elements.submit() must be called before stripe.confirmPayment()" in thrown
    assert checkout.status(intent) == "requires_payment_method"


def test_a_submit_that_found_errors_does_not_count(checkout: Checkout) -> None:
    checkout.open()

    thrown = checkout.thrown_by(f"await elements.submit(); {CONFIRM}")

    assert "elements.submit() must be called before" in thrown


def test_an_element_taken_out_of_the_page_cannot_pay(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card()

    thrown = checkout.thrown_by(
        f"""
        await elements.submit();
        document.querySelector('#payment').innerHTML = '';
        {CONFIRM}
        """
    )

    assert "elements should have a mounted Payment Element" in thrown


def test_an_element_that_is_not_ready_cannot_submit(checkout: Checkout) -> None:
    secret = checkout.intent().client_secret
    checkout.visit()

    thrown = checkout.thrown_by(f"start('{secret}'); await elements.submit()")

    assert "We could not retrieve data from the specified Element" in thrown


def test_the_secret_of_another_intent_is_refused(checkout: Checkout) -> None:
    other = checkout.intent().client_secret
    checkout.open()
    checkout.fill_card()

    thrown = checkout.thrown_by(
        f"""
        await elements.submit();
        await stripe.confirmPayment(
            {{elements, clientSecret: "{other}", redirect: "if_required"}});
        """
    )

    assert "clientSecret" in thrown


def test_mounting_on_the_same_place_twice_changes_nothing(checkout: Checkout) -> None:
    checkout.open()

    checkout.evaluate("elements.getElement('payment').mount('#payment')")

    assert checkout.page.locator("#payment iframe").count() == 1


def test_what_the_element_does_not_ask_the_merchant_must_tell(
    checkout: Checkout,
) -> None:
    checkout.open(
        element={"fields": {"billingDetails": {"address": {"country": "never"}}}}
    )
    checkout.fill_card()

    thrown = checkout.thrown_by(f"await elements.submit(); {CONFIRM}")

    assert checkout.field("Pays").count() == 0
    assert 'You specified "never" for fields.billing_details.address.country' in thrown


def test_what_the_sandbox_lacks_says_so(checkout: Checkout) -> None:
    checkout.visit()

    thrown = checkout.thrown_by("await Stripe('pk_test_shop').confirmCardPayment()")

    assert thrown == "Error: The Stripe sandbox has no stripe.confirmCardPayment()."


def test_a_listener_that_throws_stops_nothing(checkout: Checkout) -> None:
    intent = checkout.intent()
    checkout.visit()
    checkout.evaluate("addEventListener('error', (event) => event.preventDefault())")
    checkout.evaluate(
        """secret => {
            stripe = Stripe("pk_test_shop");
            elements = stripe.elements({clientSecret: secret});
            const payment = elements.create("payment");
            payment.on("ready", () => { throw new Error("mine") });
            watch(payment).mount("#payment");
        }""",
        intent.client_secret,
    )

    checkout.wait_for("ready")
