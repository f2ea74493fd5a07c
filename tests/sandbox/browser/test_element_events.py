"""What an Element tells the merchant's page, in which order, and its life."""

from collections.abc import Callable

import pytest
import stripe
from playwright.sync_api import expect

from tests.sandbox.browser.checkout import Checkout


def test_ready_comes_once_before_any_change(checkout: Checkout) -> None:
    checkout.open()
    assert checkout.events() == ["loaderstart", "ready"]

    checkout.fill_card()

    changes = [name for name in checkout.events() if name not in ("focus", "blur")]
    assert changes[:3] == ["loaderstart", "ready", "change"]


def test_a_change_says_what_is_chosen_and_whether_it_is_complete(
    checkout: Checkout,
) -> None:
    checkout.open()
    checkout.field("Numéro de carte").fill("4242")
    first = checkout.wait_for("change")

    checkout.fill_card()
    checkout.page.wait_for_function("seen[seen.length - 1].complete")

    common = {
        "name": "change",
        "elementType": "payment",
        "collapsed": False,
        "empty": False,
        "value": {"type": "card"},
    }
    assert first == {**common, "complete": False}
    assert checkout.wait_for("change") == {**common, "complete": True}


def test_clearing_makes_the_element_empty_again(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card()

    checkout.evaluate("elements.getElement('payment').clear()")

    checkout.page.wait_for_function("seen[seen.length - 1].empty")
    expect(checkout.field("Numéro de carte")).to_have_value("")
    expect(checkout.form.locator("[aria-invalid=true]")).to_have_count(0)


def test_focus_blur_and_escape_are_told(checkout: Checkout) -> None:
    checkout.open()

    checkout.evaluate("elements.getElement('payment').focus()")
    expect(checkout.field("Numéro de carte")).to_be_focused()
    checkout.page.keyboard.press("Escape")
    checkout.page.locator("#pay").focus()

    checkout.wait_for("blur")
    told = checkout.events()
    assert told[-3:] == ["focus", "escape", "blur"]


def test_a_listener_can_be_taken_away_again(checkout: Checkout) -> None:
    checkout.open()
    checkout.evaluate(
        """() => {
            const payment = elements.getElement("payment");
            const count = () => { counted += 1 };
            counted = 0;
            payment.once("change", count);
            payment.on("change", count);
            payment.off("change", count);
        }"""
    )

    checkout.fill_card()
    checkout.page.wait_for_function("seen[seen.length - 1].complete")

    assert checkout.evaluate("counted") == 0


def succeeded(checkout: Checkout) -> stripe.PaymentIntent:
    intent = checkout.intent()
    checkout.sandbox.pay(intent.id)
    return intent


def canceled(checkout: Checkout) -> stripe.PaymentIntent:
    return checkout.api.payment_intents.cancel(checkout.intent().id)


def processing(checkout: Checkout) -> stripe.PaymentIntent:
    intent = checkout.intent(allowed_payment_method_types=["sepa_debit"])
    checkout.sandbox.pay(intent.id, type="sepa_debit")
    return intent


def to_capture(checkout: Checkout) -> stripe.PaymentIntent:
    intent = checkout.intent(capture_method="manual")
    checkout.sandbox.pay(intent.id)
    return intent


@pytest.mark.parametrize("make", [succeeded, canceled, processing, to_capture])
def test_an_intent_that_is_over_is_refused_when_the_element_loads(
    checkout: Checkout, make: Callable[[Checkout], stripe.PaymentIntent]
) -> None:
    intent = make(checkout)
    checkout.visit()
    checkout.start(intent)

    error = checkout.wait_for("loaderror")["error"]

    assert error["type"] == "invalid_request_error"
    assert error["code"] == "payment_intent_unexpected_state"
    assert error["payment_intent"]["id"] == intent.id
    assert checkout.events() == ["loaderstart", "loaderror"]
    expect(checkout.page.locator("#payment iframe")).to_have_count(0)


def test_an_intent_that_waits_for_the_person_can_still_be_paid(
    checkout: Checkout,
) -> None:
    intent = checkout.open()
    checkout.fill_card("4000002760003184")
    checkout.begin_to_pay()
    checkout.bank.get_by_role("heading").wait_for()

    checkout.open(intent)
    checkout.fill_card()

    assert checkout.pay()["paymentIntent"]["status"] == "succeeded"


def test_a_secret_of_nobody_is_refused_when_the_element_loads(
    checkout: Checkout,
) -> None:
    checkout.visit()
    checkout.evaluate("start('pi_nobody_secret_nothing')")

    error = checkout.wait_for("loaderror")["error"]

    assert error["type"] == "invalid_request_error"


def test_a_key_that_stripe_does_not_know_is_refused_when_the_element_loads(
    checkout: Checkout,
) -> None:
    secret = checkout.intent().client_secret
    checkout.visit()
    checkout.evaluate(
        """clientSecret => {
            const elements = Stripe("pk_test_").elements({clientSecret});
            watch(elements.create("payment")).mount("#payment");
        }""",
        secret,
    )

    error = checkout.wait_for("loaderror")["error"]

    assert error["type"] == "invalid_request_error"
    assert "Invalid API Key" in error["message"]


def test_a_load_error_that_nobody_hears_is_written_to_the_console(
    checkout: Checkout,
) -> None:
    checkout.visit()

    with checkout.page.expect_console_message(lambda m: "loaderror" in m.text) as told:
        checkout.evaluate(
            """() => {
                const clientSecret = "pi_nobody_secret_nothing";
                const elements = Stripe("pk_test_shop").elements({clientSecret});
                elements.create("payment").mount("#payment");
            }"""
        )

    assert told.value.type == "error"


def test_an_unmounted_element_can_be_mounted_again(checkout: Checkout) -> None:
    checkout.open()
    checkout.fill_card()

    checkout.evaluate("elements.getElement('payment').unmount()")
    expect(checkout.page.locator("#payment iframe")).to_have_count(0)
    checkout.evaluate("elements.getElement('payment').mount('#payment')")
    checkout.page.wait_for_function("seen.filter((e) => e.name === 'ready').length > 1")

    checkout.fill_card()
    assert checkout.pay()["paymentIntent"]["status"] == "succeeded"


def test_a_destroyed_element_makes_room_for_a_new_one(checkout: Checkout) -> None:
    checkout.open()

    checkout.evaluate("elements.getElement('payment').destroy()")

    assert checkout.evaluate("elements.getElement('payment')") is None
    checkout.evaluate("watch(elements.create('payment')).mount('#payment')")
    checkout.page.wait_for_function("seen.filter((e) => e.name === 'ready').length > 1")


def test_updates_of_the_intent_are_fetched(checkout: Checkout) -> None:
    intent = checkout.open()
    assert checkout.evaluate("elements.fetchUpdates()") == {}

    checkout.api.payment_intents.cancel(intent.id)

    fetched = checkout.evaluate("elements.fetchUpdates()")
    assert "terminal state" in fetched["error"]["message"]


def test_the_frame_is_as_high_as_its_content_and_does_not_jump(
    checkout: Checkout,
) -> None:
    intent = checkout.intent(allowed_payment_method_types=["card"])
    checkout.page.set_viewport_size({"width": 390, "height": 844})
    checkout.visit()
    checkout.start(intent)
    before = checkout.page.locator("#payment iframe").bounding_box()

    checkout.wait_for("ready")

    after = checkout.page.locator("#payment iframe").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["height"] - after["height"]) < 24
    hidden = "document.documentElement.scrollHeight - innerHeight"
    assert checkout.form.locator("html").evaluate(f"() => {hidden}") <= 0


def test_the_frame_grows_with_an_error(checkout: Checkout) -> None:
    checkout.open()
    frame = checkout.page.locator("#payment iframe")
    before = frame.bounding_box()

    checkout.pay()

    expect(checkout.form.get_by_role("alert").first).to_be_visible()
    checkout.page.wait_for_function(
        "height => document.querySelector('#payment iframe').offsetHeight > height",
        arg=before and before["height"],
    )


def test_an_element_below_the_fold_has_its_height_once_it_is_ready(
    checkout: Checkout,
) -> None:
    methods = ["card", "bancontact", "ideal", "sepa_debit"]
    intent = checkout.intent(allowed_payment_method_types=methods)
    checkout.visit()
    checkout.evaluate(
        """() => {
            const {style} = document.querySelector("h1");
            style.setProperty("margin-bottom", "4000px");
            const frame = () => document.querySelector("#payment iframe");
            heightAtReady = new Promise((tell) => {
                whenReady = () => tell(frame().offsetHeight);
            });
        }"""
    )
    checkout.start(intent, element={"layout": "accordion"})
    checkout.evaluate("elements.getElement('payment').on('ready', whenReady)")

    height = checkout.evaluate("heightAtReady")

    # Four rows and the card's form; the card's form alone has 266.
    assert height > 400
