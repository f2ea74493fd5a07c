"""The README is true: its tables are those of the program."""

from payments.sandbox.api.describe import README, readme_with_table
from payments.sandbox.cards import CARDS
from payments.sandbox.controls.urls import urlpatterns
from payments.sandbox.faults.rules import CALL_FAULTS, EVENT_FAULTS

TEXT = README.read_text()


def test_the_table_of_endpoints_is_up_to_date() -> None:
    assert readme_with_table(TEXT) == TEXT


def test_every_test_card_is_listed() -> None:
    assert [number for number in CARDS if number not in TEXT] == []


def test_every_fault_is_listed() -> None:
    faults = CALL_FAULTS | EVENT_FAULTS

    assert [fault for fault in faults if f"`{fault}`" not in TEXT] == []


def test_every_control_is_listed() -> None:
    ends = [str(item.pattern).removeprefix("_/api/") for item in urlpatterns]
    named = [end.replace("<str:intent_id>", "{id}") for end in ends if end]
    for name in ("charge_id", "refund_id", "dispute_id"):
        named = [end.replace(f"<str:{name}>", "{id}") for end in named]
    named = [end.replace("<str:event_id>", "{event}") for end in named]

    assert [end for end in named if end != "_/" and end not in TEXT] == []
