"""The sandbox as a process: how it starts, what it refuses, what it remembers."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from tests.sandbox.making import Api, make_intent, make_paid_intent
from tests.sandbox.raw_calls import RawApi
from tests.sandbox.receiver import ReceivingServer
from tests.sandbox_process import (
    PROJECT,
    SECRET_KEY,
    SandboxProcess,
    SandboxRefused,
    start_sandbox,
)


def client_of(process: SandboxProcess) -> Api:
    return stripe.StripeClient(SECRET_KEY, base_addresses={"api": process.url}).v1


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "payments.sandbox", *arguments],
        cwd=PROJECT,
        env={**os.environ, "SANDBOX_PORT": "0", **environment},
        capture_output=True,
        text=True,
        timeout=20,
    )


def test_it_refuses_to_run_in_production() -> None:
    ended = run(ENVIRONMENT="production")

    assert ended.returncode != 0
    assert "refuses to run with ENVIRONMENT=production" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_one_clear_sentence(
    sandbox_process: SandboxProcess,
) -> None:
    port = sandbox_process.url.rpartition(":")[2]

    ended = run("--port", port)

    assert ended.returncode != 0
    assert f"cannot listen on port {port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_no_number_is_one_clear_sentence() -> None:
    ended = run(SANDBOX_PORT="many")

    assert ended.returncode != 0
    assert "invalid int value: 'many'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_state_file_that_cannot_be_used_is_one_clear_sentence(
    tmp_path: Path,
) -> None:
    state = tmp_path / "sandbox.sqlite3"
    state.write_text("This is a letter, not a database. " * 100)

    ended = run("--state", str(state))

    assert ended.returncode != 0
    assert f"cannot use the file {state}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_start_that_fails_is_told_to_the_test() -> None:
    with pytest.raises(SandboxRefused):
        SandboxProcess(environment={"ENVIRONMENT": "production"})


def test_it_listens_on_the_loopback_interface_only(
    sandbox_process: SandboxProcess,
) -> None:
    assert sandbox_process.url.startswith("http://127.0.0.1:")


def test_it_imports_none_of_our_apps_and_no_sdk() -> None:
    code = (
        "import sys, django, os;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'payments.sandbox.settings';"
        "django.setup();"
        "import payments.sandbox.urls, payments.sandbox.start;"
        "ours = [n for n in sys.modules if n.split('.')[0] in"
        " ('lumira', 'orders', 'stripe') or n == 'payments.models'];"
        "print(ours)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**os.environ, "ENVIRONMENT": "test"},
        capture_output=True,
        text=True,
        timeout=20,
    )

    assert ended.stdout.strip() == "[]"


def test_with_a_state_file_everything_survives_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(state=state) as process:
        api = client_of(process)
        intent = make_paid_intent(api, metadata={"orderId": "1"})
        kept = api.customers.create({"name": "A"}, {"idempotency_key": "k1"})
        process.wait_until_idle()
        process.advance(1000)

    with start_sandbox(state=state) as process:
        api = client_of(process)
        found = api.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]})
        again = api.customers.create({"name": "A"}, {"idempotency_key": "k1"})

        assert found.status == "succeeded"
        assert found.metadata["orderId"] == "1"
        assert found.latest_charge.balance_transaction
        assert again.id == kept.id
        assert process.control("GET", "clock")["offset_s"] == pytest.approx(1000, abs=5)
        assert [event["type"] for event in process.events()][:2] == [
            "payment_intent.created",
            "charge.succeeded",
        ]


def test_what_was_to_come_comes_after_the_restart(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(state=state) as process:
        api = client_of(process)
        intent = make_paid_intent(api, "pm_card_pendingRefund")
        refund = api.refunds.create({"payment_intent": intent.id})
        process.wait_until_idle()

    with start_sandbox(state=state) as process:
        process.advance(60)

        assert client_of(process).refunds.retrieve(refund.id).status == "succeeded"


def test_a_webhook_that_waited_goes_out_after_the_restart(
    tmp_path: Path, receiving_server: ReceivingServer
) -> None:
    shop = receiving_server.start_over()
    shop.answers = [500]
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(webhook_url=shop.url, state=state) as process:
        make_intent(client_of(process))
        process.wait_until_idle()

    with start_sandbox(state=state) as process:
        process.advance(60)
        process.wait_until_idle()

    assert len(shop.delivered) == 2
    assert shop.delivered[0].body == shop.delivered[1].body


def test_a_reset_empties_the_file_too(tmp_path: Path) -> None:
    state = tmp_path / "sandbox.sqlite3"
    with start_sandbox(state=state) as process:
        make_intent(client_of(process))
        process.reset()

    with start_sandbox(state=state) as process:
        assert client_of(process).payment_intents.list().data == []


def test_without_a_file_nothing_is_kept() -> None:
    with start_sandbox() as process:
        make_intent(client_of(process))

    with start_sandbox() as process:
        assert client_of(process).payment_intents.list().data == []


def test_the_environment_names_the_webhook_and_its_first_secret(
    receiving_server: ReceivingServer,
) -> None:
    shop = receiving_server.start_over()
    secrets = {"STRIPE_WEBHOOK_SECRET": "whsec_first, whsec_second"}

    with start_sandbox(webhook_url=shop.url, environment=secrets) as process:
        make_intent(client_of(process))
        process.wait_until_idle()

    [delivered] = shop.delivered
    stripe.Webhook.construct_event(delivered.body, delivered.signature, "whsec_first")


def test_the_management_command_becomes_the_sandbox() -> None:
    environment = dict(os.environ)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "stripe_sandbox", "--port", "0"],
        cwd=PROJECT,
        env={**environment, "ENVIRONMENT": "test", "SANDBOX_STATE": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith("Stripe sandbox: http://127.0.0.1:")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(5)
        process.stdout.close()


def test_it_ends_while_a_call_is_held() -> None:
    process = SandboxProcess()
    process.fault("timeout_before", route="GET /v1/customers", seconds=60)
    held = RawApi(process.url)
    with pytest.raises(TimeoutError):
        held.call("GET", "/v1/customers", timeout_s=0.1)

    process.stop()

    with pytest.raises(ConnectionRefusedError):
        held.call("GET", "/v1/customers")
