"""Pages and frames keep to those they were made for."""

import pytest

from tests.sandbox.browser.checkout import Checkout

PORTLESS = "() => location.origin"


def test_a_frame_answers_only_the_page_named_in_its_address(
    checkout: Checkout,
) -> None:
    checkout.page.goto(checkout.shop)

    told = checkout.evaluate(
        """async (sandbox) => {
            const frame = document.createElement("iframe");
            frame.src = `${sandbox}/_/elements/payment?origin=http://localhost:1`;
            document.body.append(frame);
            const heard = [];
            addEventListener("message", ({data}) => heard.push(data.type));
            await new Promise((resolve) => frame.addEventListener("load", resolve));
            const {port1, port2} = new MessageChannel();
            port1.onmessage = ({data}) => heard.push(data.name);
            const config = {key: "pk_test_x", ref: null, locale: "fr", appearance: {}, fonts: [], element: {}};
            frame.contentWindow.postMessage({type: "stripe-sandbox:connect", config}, "*", [port2]);
            await new Promise((resolve) => setTimeout(resolve, 300));
            return heard;
        }""",
        checkout.sandbox.url,
    )

    assert told == []


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
    policy = (
        f"default-src 'none'; script-src 'unsafe-inline' {sandbox}; "
        f"frame-src {sandbox}; connect-src {sandbox}; style-src 'sha256-none'"
    )
    intent = checkout.intent(allowed_payment_method_types=["card"])

    def with_policy(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        headers = {**response.headers, "content-security-policy": policy}
        route.fulfill(response=response, headers=headers)  # type: ignore[attr-defined]

    checkout.page.route(checkout.shop, with_policy)
    broken: list[str] = []
    checkout.page.on(
        "console",
        lambda message: broken.append(message.text)
        if "Content Security Policy" in message.text
        else None,
    )
    checkout.open(intent)
    checkout.fill_card("4000002760003184")
    checkout.begin_to_pay()
    checkout.bank.get_by_role("button", name="Autoriser le paiement").click()

    assert checkout.outcome()["paymentIntent"]["status"] == "succeeded"
    # The shop page's own <style> is the one thing that the policy stops.
    assert all("inline style" in text for text in broken)
