"""Alerts as people read them: each has words, and leads to a page that shows it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from lumira.outbox.mail import Mail, mail_of
from lumira.outbox.models import MAX_ATTEMPTS
from lumira.outbox.topics import Payload
from payments.alerts.telling import facts_of
from payments.alerts.words import CONDITIONS, EVENTS, LABELS, UNKNOWN, WORDS, words_for
from payments.monitoring.stripe_errors import KIND
from payments.monitoring.watch import RULES
from payments.status import DisputeStatus

SOURCES = list((Path(settings.BASE_DIR) / "payments").rglob("*.py"))
DOCS = Path(settings.BASE_DIR) / "docs"


def mail_about(payload: Payload) -> Mail:
    return mail_of("alert", facts_of(payload), language="fr")


def test_each_alert_has_words() -> None:
    source = "\n".join(path.read_text() for path in SOURCES)
    kinds = set(re.findall(r"raise_alert\(\s*\"(\w+)\"", source))

    assert len(kinds) > 8
    assert {kind for kind in kinds if words_for(kind) is UNKNOWN} == set()
    assert set(EVENTS) <= kinds


def test_each_rule_has_words_and_no_words_are_left_over() -> None:
    assert {rule.kind for rule in RULES} | {KIND} == set(CONDITIONS)


@pytest.mark.parametrize("status", DisputeStatus)
def test_each_state_of_a_dispute_has_words(status: str) -> None:
    assert words_for(f"dispute_{status}") is not UNKNOWN


def test_an_alert_nobody_wrote_words_for_still_says_what_it_knows() -> None:
    payload = {"kind": "new_kind", "about": "pi_1", "figure": 7}

    told = mail_about(payload)

    assert told.subject.startswith("[Lumira] new_kind")
    assert "figure\u00a0: 7" in told.text


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(WORDS))
def test_the_page_of_an_alert_shows_what_it_filters(
    admin_client: Client, kind: str
) -> None:
    page = mail_about({"kind": kind, "about": ""}).text.splitlines()[-1]
    if not words_for(kind).page:
        assert "http" not in page
        return

    answer = admin_client.get(page.removeprefix(settings.SITE_URL))

    # The admin answers a filter that it does not know with a redirect.
    assert answer.status_code == 200, page


def test_the_page_of_dead_letters_shows_the_dead_ones() -> None:
    assert f"attempts__gte={MAX_ATTEMPTS}" in CONDITIONS["dead_letters"].page


def test_typography_is_french() -> None:
    texts = [
        text
        for words in WORDS.values()
        for text in (words.title, words.meaning, words.to_do)
    ]

    assert [text for text in (*texts, *LABELS.values()) if "'" in text] == []
    assert [text for text in texts if re.search(r"[^\u00a0][:;?!]", text)] == []


@pytest.mark.parametrize("kind", sorted(CONDITIONS))
def test_each_condition_is_explained_in_the_handbook(kind: str) -> None:
    assert f"`{kind}`" in (DOCS / "operations.md").read_text()
    assert f"`{kind}`" in (DOCS / "staff.md").read_text()
