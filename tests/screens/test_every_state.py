"""Every page in every state: for everybody, at every width, without a complaint.

One load each; then the same page by day and by night, on a desk and on a phone.
"""

import pytest

from tests.screens.axe import violations
from tests.screens.catalogue import STATES
from tests.screens.edges import hanging_over
from tests.screens.stage import Stage
from tests.screens.state import State

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("state", [pytest.param(one, id=one.name) for one in STATES])
def test_a_state_is_open_to_everybody(state: State, stage: Stage) -> None:
    found = hanging_over(stage.page)
    # Before axe: what it adds to the page to measure is refused by the policy.
    complaints = list(stage.complaints)
    page = stage.page_for_scripts()
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for one in violations(page, theirs=stage.sandbox.url):
                found.append(f"{size}, {scheme}: {one}")

    assert stage.status == state.status
    assert found == []
    assert complaints == []
