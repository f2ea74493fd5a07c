"""What the other tests look with sees what is spoilt."""

import pytest

from tests.screens.axe import violations
from tests.screens.edges import hanging_over
from tests.screens.stage import Stage
from tests.screens.state import State

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize(
        "state",
        [State("404", "404", lambda stage: stage.go("/nowhere"), status=404)],
        ids=["404"],
    ),
]
LATER = "await new Promise((done) => setTimeout(done));"
ADD = """([name, facts]) => {
  const { width, letters, color, ...others } = facts;
  const one = Object.assign(document.createElement(name), others);
  Object.assign(one.style, { width, fontSize: letters, color });
  document.querySelector("main").append(one);
}"""


@pytest.mark.parametrize(
    ("name", "facts", "rule"),
    [
        ("img", {"src": "/favicon.ico"}, "image-alt"),
        ("input", {}, "label"),
        ("p", {"textContent": "faint", "color": "rgb(240, 230, 210)"}, "contrast"),
        ("h4", {"textContent": "A step is left out"}, "heading-order"),
    ],
)
def test_axe_speaks(
    state: State, stage: Stage, name: str, facts: dict[str, str], rule: str
) -> None:
    before = violations(stage.page, theirs=stage.sandbox.url)

    stage.page.evaluate(ADD, [name, facts])

    after = violations(stage.page, theirs=stage.sandbox.url)
    assert before == []
    assert len(after) == 1
    assert rule in after[0]


@pytest.mark.parametrize(
    ("width", "where"),
    [
        ("340px", ["at 320 px"]),
        ("1500px", ["at 320 px", "at 360 px", "at 768 px", "at 1440 px", "with large"]),
        ("21rem", ["at 320 px", "with large"]),
    ],
)
def test_what_hangs_over_is_seen(
    state: State, stage: Stage, width: str, where: list[str]
) -> None:
    stage.page.evaluate(ADD, ["div", {"width": width, "textContent": "wide"}])

    found = hanging_over(stage.page)

    assert [any(one.startswith(start) for one in found) for start in where] == [
        True for _ in where
    ]
    assert len(found) == len(where)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        ("console.error('a mistake')", "a mistake"),
        ("setTimeout(() => { throw new Error('thrown'); })", "thrown"),
        ("fetch('/nowhere')", "404 http"),
        ("document.body.setAttribute('style', 'color: red')", "style-src"),
    ],
)
def test_a_complaint_is_heard(
    state: State, stage: Stage, spoil: str, complaint: str
) -> None:
    # What is heard comes before the answer.
    stage.page.evaluate(f"async () => {{ await ({spoil}); {LATER} }}")

    assert stage.status == state.status
    assert complaint in "".join(stage.complaints)
