"""How long simple calls to the sandbox take, as the SDK sees them.

`python -m tests.bench.sandbox_latency` prints a line per call; the aim is 95 % under
10 ms. Not a test: a busy machine must not fail anybody's build.
"""

import time
from collections.abc import Callable

import stripe

from tests.sandbox.making import Api, make_intent
from tests.sandbox_process import SECRET_KEY, start_sandbox

_TIMES = 300
_HISTORY = 500


def main() -> None:
    """Measure against a sandbox that has some history already."""
    with start_sandbox() as sandbox:
        client = stripe.StripeClient(SECRET_KEY, base_addresses={"api": sandbox.url})
        api: Api = client.v1
        for _ in range(_HISTORY):
            make_intent(api)
        intent = make_intent(api)
        paid = make_intent(api, confirm=True, payment_method="pm_card_visa")

        def pay() -> None:
            make_intent(api, confirm=True, payment_method="pm_card_visa")

        def read_with_expansion() -> None:
            api.payment_intents.retrieve(paid.id, {"expand": ["latest_charge"]})

        _report("create an intent", lambda: make_intent(api))
        _report("create and pay", pay)
        _report("read an intent", lambda: api.payment_intents.retrieve(intent.id))
        _report("read with expansion", read_with_expansion)
        _report("list ten", api.payment_intents.list)
        _report("reset", sandbox.reset)


def _report(name: str, action: Callable[[], object]) -> None:
    durations = sorted(_measured(action) for _ in range(_TIMES))
    middle, most = durations[_TIMES // 2], durations[_TIMES * 95 // 100]
    print(f"{name:22} median {middle:6.2f} ms   95 % {most:6.2f} ms")  # noqa: T201


def _measured(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
