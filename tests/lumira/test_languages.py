"""The English catalogue: complete, collected from today's source, and compiled."""

import gettext
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from payments.failure_messages import MESSAGES, all_messages
from tests.lumira.french_words import ACCENTED
from tests.lumira.po_file import Entry, entries_of

ROOT = Path(__file__).parents[2]
FOLDER = Path("locale/en/LC_MESSAGES")
PO_FILE, MO_FILE = ROOT / FOLDER / "django.po", ROOT / FOLDER / "django.mo"
SOURCES = ("lumira", "orders", "payments", "templates", "locale")
GIVEN = re.compile(r"%\(\w+\)s|</?\w+")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return entries_of(PO_FILE)


def compiled(mo_file: Path) -> tuple[gettext.GNUTranslations, int]:
    """The texts of a .mo file, and how many there are beside its header."""
    content = mo_file.read_bytes()
    count = struct.unpack_from("=I", content, offset=8)[0]
    with mo_file.open("rb") as file:
        return gettext.GNUTranslations(file), count - 1


def test_every_text_has_an_english_one_that_nobody_doubts(
    entries: list[Entry],
) -> None:
    wanting = [
        entry for entry in entries if entry.is_fuzzy or not all(entry.translations)
    ]

    assert len(entries) > 250
    assert wanting == []
    assert all(len(entry.sources) == len(entry.translations) for entry in entries)


def test_what_a_text_is_given_it_also_says_in_english(entries: list[Entry]) -> None:
    different = [
        (source, english)
        for entry in entries
        for source, english in zip(entry.sources, entry.translations, strict=True)
        if sorted(GIVEN.findall(source)) != sorted(GIVEN.findall(english))
    ]

    assert different == []


def test_no_french_letter_quote_or_space_stays_in_the_english(
    entries: list[Entry],
) -> None:
    english = [text for entry in entries for text in entry.translations]

    assert [text for text in english if ACCENTED.search(text)] == []
    assert [text for text in english if re.search(r"\s[:;?!]|\w'\w", text)] == []


def test_a_text_ends_in_english_as_it_ends_in_french(entries: list[Entry]) -> None:
    """A label stays a label, a question a question, a sentence a sentence."""
    seed_is_terse = "Erreur lors du paiement"  # English adds what to do next
    different = [
        (source, english)
        for entry in entries
        for source, english in zip(entry.sources, entry.translations, strict=True)
        if re.findall(r"[.?!…:,]$", source) != re.findall(r"[.?!…:,]$", english)
        and source != seed_is_terse
    ]

    assert different == []


def test_french_is_what_stands_in_the_source(entries: list[Entry]) -> None:
    """No catalogue of a library has the same text with other French for it."""
    sources = [entry.sources[0] for entry in entries]

    with translation.override("fr"):
        shown = [translation.gettext(source) for source in sources]

    assert shown == sources


def test_the_compiled_catalogue_says_what_the_written_one_says(
    entries: list[Entry],
) -> None:
    texts, count = compiled(MO_FILE)

    for entry in entries:
        first, last = entry.sources[0], entry.sources[-1]
        if entry.context:
            forms = (texts.pgettext(entry.context, first),)
        elif first == last:
            forms = (texts.gettext(first),)
        else:
            forms = tuple(texts.ngettext(first, last, n) for n in (1, 2))
        assert forms == entry.translations
    assert count == len(entries)


def test_collecting_the_texts_again_finds_the_same(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        if "CI" in os.environ:
            pytest.fail("CI must install gettext: a forgotten text would go unseen")
        pytest.skip("xgettext is not installed")
    for folder in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("manage.py", "Makefile"):
        shutil.copy(ROOT / file, tmp_path)
    (tmp_path / FOLDER / "django.mo").unlink()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "lumira.settings"}
    environment.pop("MAKEFLAGS", None)

    # The environment that runs this test is installed; make must not try again.
    venv, installed = f"VENV={sys.prefix}", f"{sys.prefix}/.installed-dev"
    make = ["make", f"--old-file={installed}", venv, "messages"]
    subprocess.run(make, cwd=tmp_path, env=environment, check=True, capture_output=True)

    collected = tmp_path / FOLDER / "django.po"
    assert entries_of(collected) == entries_of(PO_FILE)
    assert compiled(tmp_path / FOLDER / "django.mo")[1] == compiled(MO_FILE)[1]


def test_every_failure_of_stripe_is_told_differently_in_each_language() -> None:
    told = {}
    for language in ("fr", "en"):
        with translation.override(language):
            told[language] = all_messages()

    assert told["fr"].keys() == told["en"].keys() == {*MESSAGES, "fallback"}
    assert [code for code in told["fr"] if told["fr"][code] == told["en"][code]] == []


def test_every_failure_says_in_english_what_to_do_next() -> None:
    with translation.override("en"):
        sentences = set(all_messages().values())

    advice = re.compile(r"[Pp]lease (check|use|try|contact|update|complete)")
    assert [text for text in sentences if not advice.search(text)] == []


@pytest.mark.parametrize(
    ("language", "minutes", "text"),
    [
        ("fr", 1, "1 minute"),
        ("fr", 60, "60 minutes"),
        ("en", 1, "1 minute"),
        ("en", 60, "60 minutes"),
    ],
)
def test_one_minute_is_not_plural(language: str, minutes: int, text: str) -> None:
    with translation.override(language):
        form = translation.ngettext(
            "%(minutes)s minute", "%(minutes)s minutes", minutes
        )

    assert form % {"minutes": minutes} == text
