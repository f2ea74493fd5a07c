"""/styleguide/ shows everything there is, where it is made and nowhere else."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from tests.factories.catalogue import make_expert, make_service
from tests.orders.making_pictures import picture

pytestmark = pytest.mark.django_db
COMPONENTS = Path(project.BASE_DIR) / "templates" / "components"
SHEETS = Path(project.BASE_DIR) / "static" / "css" / "components"


@pytest.fixture
def page(client: Client, settings: Settings) -> tuple[str, set[str]]:
    """The text of the page, and the names of the templates it is made of."""
    settings.HAS_STYLEGUIDE = True
    monthly = make_service(slug="integral", billing="month")
    known = {"bio": "Il écrit.", "specialities": ["Tarot"]}
    expert = make_expert(make_service(), monthly, **known)
    expert.photo.save("portrait.jpg", ContentFile(picture()))
    answer = client.get("/styleguide/?scheme=dark")
    assert answer.status_code == 200
    used = {str(template.name) for template in answer.templates}
    return answer.content.decode(), used


def test_every_shared_template_is_shown(page: tuple[str, set[str]]) -> None:
    _text, used = page
    there = {f"components/{file.name}" for file in COMPONENTS.glob("*.html")}

    assert there - used == set()


def test_every_class_of_every_component_is_shown(page: tuple[str, set[str]]) -> None:
    text, _used = page
    shown = {
        name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()
    }
    missing = {
        f"{sheet.name}: .{name}"
        for sheet in SHEETS.glob("*.css")
        for name in _classes(sheet.read_text())
        if name not in shown
    }

    assert missing == set()


def _classes(sheet: str) -> set[str]:
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    selectors = re.findall(r"([^{};]+)\{", plain)
    return {
        name
        for selector in selectors
        if not selector.strip().startswith("@")
        for name in re.findall(r"\.([a-z][a-z0-9_-]*)", selector)
    }


def test_a_scheme_is_one_of_two(client: Client, settings: Settings) -> None:
    settings.HAS_STYLEGUIDE = True

    strange = client.get('/styleguide/?scheme="><b>').content.decode()

    assert 'class="styleguide"' in strange


def test_nobody_else_finds_it(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
