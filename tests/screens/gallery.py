"""docs/screens: which pictures there are, and the page that shows them."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.screens.catalogue import GROUPS
from tests.screens.mails import PICTURED
from tests.screens.state import State

FOLDER = Path(settings.BASE_DIR) / "docs" / "screens"
# Shown large.
IN_README = (
    "home.webp",
    "order.webp",
    "pay.webp",
    "confirmation.webp",
    "following-written.webp",
)
HEAD = """# Every page, in every state

Made by `make screens` from the catalogue in `tests/screens`, which `make test` looks at
too: axe, widths, letters twice as large, what the browser complains of. On the left a
desk of 1280 pixels, on the right a phone of 390; long pages are cut off. The staff's
pages are shown in [the staff's guide](../staff.md).
"""


def names_of(state: State) -> list[str]:
    """The state's files: on a desk, on a phone, and on a desk by night."""
    names = [f"{state.name}.webp", f"{state.name}-phone.webp"]
    return [*names, f"{state.name}-night.webp"] if state.by_night else names


def all_names() -> set[str]:
    pages = {name for group in GROUPS for one in group.states for name in names_of(one)}
    return pages | {f"mail-{name}.webp" for name in PICTURED}


def gallery() -> str:
    return "\n".join([HEAD, *_pages(), *_mails()])


def _pages() -> Iterator[str]:
    for group in GROUPS:
        yield f"## {group.title}\n"
        yield "| | desk | phone |\n|---|---|---|"
        for state in group.states:
            desk, phone, *night = names_of(state)
            yield _row(
                state.title, _image(desk, state.title, 560), _image(phone, "", 200)
            )
            for name in night:
                yield _row(
                    "by night", _image(name, f"{state.title}, by night", 560), ""
                )
        yield ""


def _mails() -> Iterator[str]:
    yield "## Mails\n"
    names = list(PICTURED)
    yield "| | | |\n|---|---|---|"
    for start in range(0, len(names), 3):
        row = names[start : start + 3]
        cells = [
            _image(f"mail-{name}.webp", name.replace("_", " "), 260) for name in row
        ]
        yield _row(*cells, *[""] * (3 - len(row)))
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _image(name: str, alt: str, width: int) -> str:
    return f'<img src="{name}" alt="{alt}" width="{width}">'
