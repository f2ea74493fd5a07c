"""Every action that is recorded has its words in the journal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission

from lumira.audit.audited_admin import AuditedAdmin
from lumira.audit.words import (
    ACTIONS,
    VERBS,
    model_of,
    word_for_field,
    word_for_value,
)

HOUSE = Path(settings.BASE_DIR)


def recording_files() -> Iterator[str]:
    for floor in ("lumira", "orders", "payments"):
        for path in (HOUSE / floor).rglob("*.py"):
            text = path.read_text()
            if "lumira.audit.recording" in text or "export_action = " in text:
                yield text


def dotted_words() -> set[str]:
    """Every "noun.verb" of the files that record something."""
    return {
        node.value
        for text in recording_files()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value)
    }


def permissions() -> set[str]:
    rows = Permission.objects.prefetch_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.django_db
def test_every_action_has_its_words() -> None:
    actions = dotted_words() - permissions()

    assert {"order.released", "message.resent", "orders.exported"} <= actions
    assert actions - set(ACTIONS) == set()


def test_every_edit_has_its_words() -> None:
    edited = [
        model._meta.model_name
        for model, page in admin.site._registry.items()
        if isinstance(page, AuditedAdmin)
    ]

    assert {"service", "expert", "user", "group"} <= set(edited)
    assert {f"{name}.{verb}" for name in edited for verb in VERBS} <= set(ACTIONS)


def test_what_an_action_says_has_its_words_too() -> None:
    order = model_of("orders.order")

    assert word_for_field(order, "revision") == "révision"
    assert word_for_field(order, "status") == "état"
    assert word_for_field(None, "anything") == "anything"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "-"),
        ("", "-"),
        ([], "-"),
        (0, "0"),
        (True, "oui"),
        (False, "non"),
        (["a", None], "a, -"),
        ({"rows": 3}, "rows 3"),
    ],
)
def test_a_value_is_said_in_words(value: object, said: str) -> None:
    assert word_for_value(value) == said
