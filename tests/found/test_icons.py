"""The shop's icons, and what a browser needs to put it on a home screen."""

from io import BytesIO

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.found.head import Head


def size_of(name: str) -> tuple[int, int]:
    path = finders.find(name)
    assert path, name
    with Image.open(path) as picture:
        return picture.size


def test_the_icon_is_where_browsers_look_without_being_told(
    client: Client, db: None
) -> None:
    answer = client.get("/favicon.ico")
    content = b"".join(answer)
    answer.close()

    with Image.open(BytesIO(content)) as icon:
        assert (icon.format, icon.size) == ("ICO", (32, 32))
    assert answer["Content-Type"] == "image/x-icon"
    assert answer["Cache-Control"] == "public, max-age=86400"


def test_every_icon_of_a_page_is_there(client: Client, db: None) -> None:
    head = Head(client.get("/").content.decode())
    icons = {
        link["href"].removeprefix(settings.STATIC_URL)
        for link in head.links
        if "icon" in link["rel"]
    }

    assert icons == {"/favicon.ico", "img/favicon.svg", "img/apple-touch-icon.png"}
    assert size_of("img/apple-touch-icon.png") == (180, 180)


def test_the_manifest_names_the_shop_and_icons_of_the_sizes_it_says(
    client: Client,
) -> None:
    answer = client.get("/manifest.webmanifest")
    manifest = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"]) == ("Lumira Oracle", "/")
    # It does not work without a network, and a payment needs an address bar.
    assert manifest["display"] == "browser"
    for icon in manifest["icons"]:
        width, height = size_of(icon["src"].removeprefix(settings.STATIC_URL))
        assert icon["sizes"] == f"{width}x{height}"
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}


def test_the_colours_of_the_frame_are_the_pages_own(client: Client, db: None) -> None:
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    page = client.get("/").content.decode()
    manifest = client.get("/manifest.webmanifest").json()

    for name, scheme in (("ivory-100", "light"), ("night-900", "dark")):
        colour = tokens.split(f"--{name}: ")[1].split(";")[0]
        assert f'content="{colour}" media="(prefers-color-scheme: {scheme})"' in page
        if scheme == "light":
            assert manifest["theme_color"] == manifest["background_color"] == colour
