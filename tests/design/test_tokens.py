"""The palette can be read, by day and by night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from lumira.styleguide.tokens import Pair, contrast, pairs, tokens

CSS = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = [file for file in CSS.rglob("*.css") if file.name != "tokens.css"]


@pytest.mark.parametrize("pair", list(pairs()), ids=str)
def test_what_is_read_can_be_read(pair: Pair) -> None:
    assert pair.is_readable, pair


def test_contrast_is_measured_as_the_rules_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_a_sheet_uses_only_tokens_that_exist(sheet: Path) -> None:
    text = sheet.read_text()
    own = set(re.findall(r"--([a-z0-9-]+):", text))
    # With a value to fall back on, a component may be given one by its surroundings.
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", text))

    assert used - own - tokens().keys() == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_colours_live_in_the_tokens(sheet: Path) -> None:
    plain = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)

    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", plain) == []


def test_every_token_is_used() -> None:
    sheets = "".join(file.read_text() for file in CSS.rglob("*.css"))
    scripts = "".join(
        file.read_text()
        for file in (Path(settings.BASE_DIR) / "static" / "js").rglob("*.js")
    )
    idle = {
        name
        for name in tokens()
        if f"var(--{name})" not in sheets and f'"--{name}"' not in scripts
    }

    assert idle == set()
