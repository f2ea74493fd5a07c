"""Nothing reads a table that grows from end to end, on any engine.

Real pages and tasks run in a shop of some years, and the database says how it
answered each of their queries. What reads everything all the same stands in
READS_ALL, with the reason.
"""

import pytest
from django.apps import apps

from orders.models import Order
from tests.engines.full_rows import ROWS, code
from tests.engines.full_tables import GROWING, fill, full_tables
from tests.engines.hot_paths import (
    of_customers,
    of_prometheus,
    of_stripe,
    of_the_worker,
)
from tests.engines.query_plans import scans_of
from tests.engines.staff_pages import (
    changelist_of,
    listed_models,
    of_an_expert,
    of_lists,
    of_pages,
    queries_of,
)
from tests.factories.orders import make_order
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

# What stays small, whatever a shop sells.
SMALL = {
    "orders.service": "what is on sale",
    "orders.expert": "people",
    "orders.serviceoffer": "people, times what is on sale",
    "orders.erasure": "those who asked to be forgotten",
    "limits.tally": "asked for by its key alone, and forgotten after a day",
    "limits.origin": "asked for by its key alone, and forgotten after two days",
    "payments.recurringprice": "one for each price there ever was",
    "payments.alarm": "one for each thing that is watched",
    "payments.reconcilerun": "forgotten after 90 days, and at once if all was well",
    "accounts.user": "the staff: customers have no accounts",
    "accounts.twofactor": "the staff",
    "accounts.recoverycode": "the staff",
    "audit.audithead": "one row",
    "audit.keptkey": "one for each key there ever was",
    "admin.logentry": "edits of the catalogue and of people, by hand",
    "auth.permission": "made by migrations",
    "auth.group": "made by migrations",
    "contenttypes.contenttype": "made by migrations",
}
ANY_PART = "any part of a text is looked for, as a person remembers it"
UNKNOWN_STATES = "asked for by what they are not: Stripe may name new states"
# Question and table -> why it may read all of it.
READS_ALL = {
    ("orders.order?q=Martin", "orders_order"): ANY_PART,
    (f"orders.order?q={code(ROWS - 21)[-4:]}", "orders_order"): ANY_PART,
    ("payments.refund?q=claire", "payments_refund"): ANY_PART,
    ("payments.processedevent?q=payment_intent.", "payments_processedevent"): ANY_PART,
    ("reconcile, and the expiry", "payments_dispute"): UNKNOWN_STATES,
    ("reconcile, and the expiry", "payments_subscription"): UNKNOWN_STATES,
    ("a clean run after it", "payments_dispute"): UNKNOWN_STATES,
    ("a clean run after it", "payments_subscription"): UNKNOWN_STATES,
}


def test_every_table_is_filled_or_stays_small() -> None:
    tables = {
        model._meta.label_lower: model._meta.db_table for model in apps.get_models()
    }

    unnamed = {name for name, table in tables.items() if table not in full_tables()}

    assert unnamed == set(SMALL)


def test_nothing_reads_a_table_from_end_to_end(sandbox: SandboxProcess) -> None:
    fill()
    assert min(model._base_manager.count() for model in GROWING) >= ROWS
    tables = full_tables()
    groups = (
        *(of_lists, of_pages, of_an_expert),
        *(of_customers, of_stripe, of_the_worker, of_prometheus),
    )

    scans = [
        (question, scan)
        for group in groups
        for question, ask in group().items()
        for scan in scans_of(ask, tables)
    ]

    unexpected = [
        f"{question}: {scan}"
        for question, scan in scans
        if (question, scan.table) not in READS_ALL
    ]
    assert not unexpected, "\n".join(unexpected)
    for model in listed_models():
        asked = {name for query in queries_of(model) for name in query}
        for spec in changelist_of(model, {}).filter_specs:
            assert asked & set(spec.expected_parameters()), (model, spec.title)


def test_a_query_without_an_index_is_noticed() -> None:
    for _order in range(30):
        make_order()

    scans = scans_of(
        lambda: list(Order.objects.filter(language="en")), {"orders_order"}
    )

    assert [scan.table for scan in scans] == ["orders_order"]
