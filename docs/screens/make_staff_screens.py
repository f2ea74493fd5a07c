"""Take the pictures of docs/staff.md again, from a demo that has just been started.

make demo-reset demo                                      in one terminal
.venv/bin/python -m docs.screens.make_staff_screens       in another

Another demo's address can be given: … make_staff_screens http://localhost:3002
It only looks: the demo stays as it was, but for the logins in its journal.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium

FOLDER = Path(__file__).parent
DESK, PHONE = {"width": 1440, "height": 860}, {"width": 390, "height": 760}
# A page of documentation must not weigh more than what it explains.
MOST_BYTES = 80_000
ADMIN = "/admin/"
ORDERS = f"{ADMIN}orders/order/"


def _in_queue(queue: str, step: str = "") -> Callable[[Page], None]:
    """The last order of a queue, or the page of one of its steps."""

    def go(page: Page) -> None:
        page.goto(f"{ORDERS}travail/{queue}/")
        page.locator(".work__table th a").last.click()
        if step:
            page.locator(".step__button", has_text=step).click()

    return go


def _order_of(customer: str, step: str = "") -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(f"{ORDERS}?q={customer}")
        page.locator("#result_list tbody th a").first.click()
        if step:
            page.locator(".step__button", has_text=step).click()

    return go


def _at(address: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(address)

    return go


def _partial_refund(page: Page) -> None:
    _order_of("Roussel", "Rembourser")(page)
    page.get_by_label("Une partie").check()
    page.get_by_label("Montant à rembourser").fill("20,00")
    page.get_by_label("Motif").fill("Livrée un jour plus tard que promis.")


def _writing(page: Page) -> None:
    _in_queue("in_progress", "Écrire")(page)
    page.get_by_label("Lecture", exact=True).fill(
        "Chère Nadia,\n\nVous ne me demandez pas si Bruxelles vaut la peine : vous me "
        "demandez la permission d’en avoir envie."
    )


# name -> who looks, how they come there, and with what.
SCREENS = {
    "second-factor": ("admin", _at(f"{ADMIN}second-facteur/activer/"), DESK),
    "dashboard": ("finance", _at(ADMIN), DESK),
    "queue": ("support", _at(f"{ORDERS}travail/to_assign/"), DESK),
    "assign": ("support", _in_queue("to_assign", "Attribuer"), DESK),
    "order": ("support", _order_of("Roussel"), DESK),
    "deliver": ("support", _in_queue("to_deliver", "Noter la remise"), DESK),
    "expert": ("samuel-okoye", _in_queue("in_progress"), PHONE),
    "write": ("samuel-okoye", _writing, DESK),
    "decide": ("validateur", _in_queue("to_validate", "Relire"), DESK),
    "refund": ("finance", _partial_refund, DESK),
    "journal": ("admin", _at(f"{ADMIN}audit/auditentry/?o=0"), DESK),
}


def main(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(FLAGS)
        )
        for name, (username, go, size) in SCREENS.items():
            page = _signed_in(browser, site, username, size)
            go(page)
            # The charts are drawn again when their font has come.
            page.wait_for_load_state("networkidle")
            _save(page.screenshot(), FOLDER / f"staff-{name}.webp")
            page.context.close()
        browser.close()


def _signed_in(browser: Browser, site: str, username: str, size: object) -> Page:
    page = browser.new_page(base_url=site, locale="fr-FR", viewport=size)
    page.goto(ADMIN)
    page.get_by_label("Nom d’utilisateur").fill(username)
    page.get_by_label("Mot de passe").fill("admin")
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{ADMIN}")
    return page


def _save(png: bytes, file: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (82, 70, 55):
        picture.save(file, quality=quality, method=6)
        if file.stat().st_size <= MOST_BYTES:
            return
    sys.exit(f"{file.name} is too heavy.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:3001")
