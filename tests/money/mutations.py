"""Break the rules of SPEC §5 one by one, in a copy, and see that a test notices.

    python -m tests.money.mutations

Prints a line for each break and ends with 1 if one was not noticed. The libraries
are imported once; each break is tried in a fork, two at a time.
"""

import importlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django.test  # noqa: F401 (imported before the forks: that saves seconds)
import pytest
import stripe  # noqa: F401

PROJECT = Path(__file__).resolve().parent.parent.parent
COPIED = (
    "lumira",
    "orders",
    "payments",
    "tests",
    "templates",
    "static",
    "manage.py",
    "pyproject.toml",
)
NOT_OURS = shutil.ignore_patterns("node_modules")
OURS = ("lumira", "orders", "payments", "tests")
AT_ONCE = 2
FAILED = int(pytest.ExitCode.TESTS_FAILED)


@dataclass(frozen=True)
class Mutation:
    """`before` becomes `after`, once, in `file`; then one of `tests` must fail.

    Must, each time: a race that some runs win proves nothing here.
    """

    name: str
    file: str
    before: str
    after: str
    tests: str


MUTATIONS = [
    Mutation(
        "rule 2: any success pays",
        "payments/actions/settlement.py",
        "if problem := _mismatch(payment, intent):",
        "if (problem := _mismatch(payment, intent)) and False:",
        "tests/payments/test_webhook_mismatch.py::"
        "test_another_sum_currency_or_order_changes_nothing_and_alerts",
    ),
    Mutation(
        "rule 2: what was received is not compared",
        "payments/actions/settlement.py",
        "(payment.amount, intent.amount_received)",
        "(0, 0)",
        "tests/payments/test_webhook_mismatch.py::"
        "test_another_sum_currency_or_order_changes_nothing_and_alerts",
    ),
    Mutation(
        "rule 2: live and test are one",
        "payments/webhooks/inbox.py",
        "if event.livemode != is_live():",
        "if False:",
        "tests/payments/test_webhook_mismatch.py::"
        "test_a_live_event_is_refused_while_our_keys_are_test_keys",
    ),
    Mutation(
        "rule 3: an order may have several open payments",
        "payments/migrations/0001_initial.py",
        "fields=('order',), name='one_open_payment_per_order'",
        "fields=('order', 'id'), name='one_open_payment_per_order'",
        "tests/payments/test_constraints.py::test_an_order_has_one_open_payment",
    ),
    Mutation(
        "rule 3: a declined card opens another payment",
        "payments/status.py",
        "OPEN = frozenset({P.PENDING, P.PROCESSING, P.FAILED})",
        "OPEN = frozenset({P.PENDING, P.PROCESSING})",
        "tests/money/test_races.py::"
        "test_fifty_submits_after_a_declined_card_keep_its_intent",
    ),
    Mutation(
        "rule 4: late news undoes a success",
        "payments/status.py",
        "P.COMPLETED: frozenset(),",
        "P.COMPLETED: frozenset({P.FAILED, P.CANCELLED}),",
        "tests/payments/test_settlement.py::test_nothing_undoes_a_success",
    ),
    Mutation(
        "rule 5: the ledger row is saved without its effect",
        "payments/webhooks/inbox.py",
        "@transactional\ndef _process(",
        "def _process(",
        "tests/money/test_dead_letters.py::"
        "test_an_effect_that_fails_halfway_leaves_no_effect_and_no_mark",
    ),
    Mutation(
        "rule 5: the order of events matters",
        "payments/status.py",
        "R.FAILED: frozenset(),",
        "R.FAILED: frozenset({R.SUCCEEDED}),",
        "tests/money/test_permutations.py::"
        "test_a_refund_made_at_stripe_that_fails_after_all",
    ),
    Mutation(
        "rule 6: a repeat has a key of its own",
        "payments/models/payment.py",
        'return f"oracle-lumira-{self.pk}"',
        'return f"oracle-lumira-{uuid.uuid4()}"',
        "tests/money/test_lost_answers.py::"
        "test_a_crash_between_the_call_and_the_save_finds_the_same_intent",
    ),
    Mutation(
        "rule 6: Stripe is called inside a transaction",
        "payments/actions/start_payment.py",
        "def start_payment(",
        "@transactional\ndef start_payment(",
        "tests/money/test_no_transaction_in_calls.py::"
        "test_while_a_payment_is_opened_confirmed_and_closed",
    ),
    Mutation(
        "rule 7: two clerks at once make two refunds",
        "payments/actions/refund.py",
        "if payment.amount_refundable != asked.expected_refundable:",
        "if False:",
        "tests/money/test_refunds.py::test_two_clerks_at_once_make_one_refund",
    ),
    Mutation(
        "rule 7: more goes back than came",
        "payments/actions/refund.py",
        'amount__gte=F("amount_refunded") + F("amount_refunding") + asked.amount,',
        "amount__gte=0,",
        "tests/money/test_refunds.py::test_never_more_than_was_taken",
    ),
    Mutation(
        "subscriptions: the first period makes an order of its own",
        "payments/subscriptions/apply_invoice.py",
        "        if told.is_first\n",
        "        if False\n",
        "tests/subscriptions/test_early_and_late_news.py::"
        "test_a_paid_invoice_before_the_answer_tells_which_subscription_it_is",
    ),
    Mutation(
        "subscriptions: an invoice is paid by another sum",
        "payments/subscriptions/apply_invoice.py",
        "if problem := _does_not_add_up(told, intent):",
        "if (problem := _does_not_add_up(told, intent)) and False:",
        "tests/subscriptions/test_settlement_of_periods.py::"
        "test_a_period_that_does_not_add_up_makes_no_order",
    ),
    Mutation(
        "subscriptions: what has ended comes back",
        "payments/subscriptions/apply_subscription.py",
        "    if subscription.status in ENDED_SUBSCRIPTION:\n        return True\n",
        "",
        "tests/subscriptions/test_settlement_of_periods.py::"
        "test_an_answer_from_before_the_end_does_not_bring_it_back",
    ),
    Mutation(
        "subscriptions: a second one when Stripe forgot the key",
        "payments/subscriptions/begin.py",
        "    if subscription.stripe_id:\n",
        "    if False:\n",
        "tests/subscriptions/test_early_and_late_news.py::"
        "test_a_checkout_that_stripe_gave_up_begins_anew_after_keys_are_forgotten",
    ),
]


def break_in(copy: Path, mutation: Mutation) -> None:
    path = copy / mutation.file
    text = path.read_text()
    if text.count(mutation.before) != 1:
        sys.exit(f"{mutation.name}: its text is not (once) in {mutation.file}")
    path.write_text(text.replace(mutation.before, mutation.after))
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()


def run_tests(tests: list[str], mutation: Mutation | None) -> int:
    """What pytest says of these tests in a copy with this break. For a child."""
    with tempfile.TemporaryDirectory(prefix="lumira-mutation-") as folder:
        copy = Path(folder)
        for name in COPIED:
            if (PROJECT / name).is_file():
                shutil.copy2(PROJECT / name, copy / name)
            else:
                shutil.copytree(PROJECT / name, copy / name, ignore=NOT_OURS)
        if mutation:
            break_in(copy, mutation)
        os.chdir(copy)
        for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
            del sys.modules[name]
        sys.path[0] = str(copy)
        sys.dont_write_bytecode = True
        importlib.invalidate_caches()
        quietly = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no", "--no-summary"]
        return int(pytest.main([f"--rootdir={copy}", *quietly, *tests]))


def fork(tests: list[str], mutation: Mutation | None) -> int:
    """The id of a child that ends with what pytest says."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        code = 99
        try:
            code = run_tests(tests, mutation)
        except BaseException as problem:  # said here: os._exit says nothing
            sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        finally:
            os._exit(code)
    return child


def main() -> int:
    os.environ.pop("TEST_DATABASE_URL", None)  # copies run side by side: on SQLite
    everything = sorted({mutation.tests for mutation in MUTATIONS})
    waiting: list[tuple[list[str], Mutation | None]] = [(everything, None)]
    waiting += [([mutation.tests], mutation) for mutation in MUTATIONS]
    running: dict[int, Mutation | None] = {}
    wrong = 0
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            tests, mutation = waiting.pop(0)
            running[fork(tests, mutation)] = mutation
        child, status = os.wait()
        mutation = running.pop(child)
        code = os.waitstatus_to_exitcode(status)
        is_right = code == (FAILED if mutation else 0)
        wrong += not is_right
        name = mutation.name if mutation else "nothing broken: all pass"
        sys.stdout.write(f"{'ok   ' if is_right else 'WRONG'} {name} ({code})\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
