"""Pages and frames keep to those they were made for."""

import pytest

from tests.sandbox.browser.checkout import Checkout

EMBED = """
    async ([sandbox, ...origins]) => {
        const heard = [];
        const config = {
            key: "pk_test_x", ref: null, locale: "fr", appearance: {}, fonts: [],
            element: {},
        };
        for (const origin of origins) {
            const frame = document.createElement("iframe");
            frame.src = `${sandbox}/_/elements/payment?origin=${origin}`;
            const loaded = new Promise((done) => frame.addEventListener("load", done));
            document.body.append(frame);
            await loaded;
            const {port1, port2} = new MessageChannel();
            const ready = new Promise((done) => {
                port1.onmessage = ({data}) => {
                    heard.push(origin);
                    if (data.name === "ready") done();
                };
            });
            const message = {type: "stripe-sandbox:connect", config};
            frame.contentWindow.postMessage(message, "*", [port2]);
            if (origin === location.origin) await ready;
        }
        return heard;
    }
"""


def test_a_frame_answers_only_the_page_named_in_its_address(
    checkout: Checkout,
) -> None:
    checkout.page.goto(checkout.shop)
    mine = checkout.evaluate("location.origin")

    heard = checkout.evaluate(EMBED, [checkout.sandbox.url, "http://localhost:1", mine])

    assert set(heard) == {mine}


def test_the_page_listens_only_to_its_own_frame(checkout: Checkout) -> None:
    intent = checkout.intent()
    checkout.visit()
    checkout.page.route("**/_/elements/payment*", lambda route: route.abort())
    checkout.start(intent)

    checkout.evaluate("postMessage({type: 'stripe-sandbox:hello'}, '*')")

    assert checkout.wait_for("loaderror")["error"]["type"] == "api_connection_error"


@pytest.mark.parametrize(
    "path",
    ["_/elements/payment", "_/elements/express-checkout", "_/3ds/pi_1", "_/wallet"],
)
def test_a_frames_document_may_talk_to_the_sandbox_alone(
    checkout: Checkout, path: str
) -> None:
    answer = checkout.page.request.get(f"{checkout.sandbox.url}/{path}")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "x-frame-options" not in answer.headers


def test_the_script_defines_stripe_before_the_next_line_runs(
    checkout: Checkout,
) -> None:
    checkout.page.set_content(
        f'<script src="{checkout.sandbox.url}/stripe.js"></script>'
        "<script>document.title = typeof Stripe + ' ' + Stripe.version</script>"
    )

    assert checkout.page.title() == "function endive"


@pytest.mark.parametrize("name", ["../views.py", "nothing.js", "frames"])
def test_only_assets_are_served(checkout: Checkout, name: str) -> None:
    answer = checkout.page.request.get(
        f"{checkout.sandbox.url}/_/elements/assets/{name}"
    )

    assert answer.status == 404


def test_it_works_under_the_policy_that_stripe_asks_for(checkout: Checkout) -> None:
    sandbox = checkout.sandbox.url
    # The inline script and eval are the shop page's and the test's own.
    policy = (
        f"default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' {sandbox}; "
        f"frame-src {sandbox}; connect-src {sandbox}; img-src data:"
    )
    violations: list[str] = []
    checkout.page.on("console", lambda message: violations.append(message.text))
    checkout.visit(policy=policy)
    checkout.start(checkout.intent(allowed_payment_method_types=["card"]))
    checkout.wait_for("ready")

    checkout.fill_card("4000002760003184")
    checkout.begin_to_pay()
    checkout.bank.get_by_role("button", name="Autoriser le paiement").click()

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
    # The shop page's own <style> is the one thing that the policy stops.
    ours = [text for text in violations if "Content Security Policy" in text]
    assert len(ours) == 1
    assert "inline style" in ours[0]
