"""Draw the shop's icons and the picture of a shared link, from its own style.

    python docs/share/draw_pictures.py

Icons come from static/img/favicon.svg, the picture from share.html beside this file.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))

from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402

IMAGES = HOUSE / "static" / "img"
ROUND = 'rx="14"'
# Android may cut a maskable icon to a circle of four fifths of it.
SAFE = 'viewBox="-8 -8 80 80"'
BEHIND = 'x="-8" y="-8" width="80" height="80"'
COLOURS_OF_AN_ICON, COLOURS_OF_THE_PICTURE = 64, 128


def main() -> None:
    round_icon = (IMAGES / "favicon.svg").read_text()
    square = round_icon.replace(ROUND, "")
    maskable = square.replace('viewBox="0 0 64 64"', SAFE).replace(
        'width="64" height="64"', BEHIND
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(FLAGS)
        )
        page = browser.new_page()
        small = _icon(page, round_icon, 32)
        small.save(IMAGES / "favicon.ico", sizes=[(32, 32)])
        # An iPhone rounds the corners itself, and shows black where nothing is.
        _save(_icon(page, square, 180), "apple-touch-icon.png", COLOURS_OF_AN_ICON)
        for pixels in (192, 512):
            icon = _icon(page, round_icon, pixels)
            _save(icon, f"icon-{pixels}.png", COLOURS_OF_AN_ICON)
        icon = _icon(page, maskable, 512)
        _save(icon, "icon-maskable-512.png", COLOURS_OF_AN_ICON)
        _save(_picture(page), "share.png", COLOURS_OF_THE_PICTURE)
        browser.close()


def _icon(page: Page, svg: str, pixels: int) -> Image.Image:
    page.set_viewport_size({"width": pixels, "height": pixels})
    style = "<style>body{margin:0} svg{display:block;width:100vw}</style>"
    page.set_content(style + svg)
    return Image.open(io.BytesIO(page.screenshot(omit_background=True)))


def _picture(page: Page) -> Image.Image:
    """Written beside its source for a moment, so that its addresses hold."""
    folder = Path(__file__).parent
    window = (HOUSE / "templates" / "components" / "dawn.html").read_text()
    drawing = window[window.index("<svg") :]
    file = folder / "_share.html"
    source = (folder / "share.html").read_text()
    file.write_text(source.replace("<!-- window -->", drawing))
    try:
        page.set_viewport_size({"width": 1200, "height": 630})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        return Image.open(io.BytesIO(page.screenshot()))
    finally:
        file.unlink()


def _save(image: Image.Image, name: str, colours: int) -> None:
    """With few colours, which is all there is in a drawing: a third of the bytes."""
    image.quantize(colours, method=Image.Quantize.FASTOCTREE).save(
        IMAGES / name, optimize=True
    )


if __name__ == "__main__":
    main()
