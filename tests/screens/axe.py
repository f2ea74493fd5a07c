"""What axe-core has against a page."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.oracles.node import installed

HERE = Path(__file__).parent
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe speaks to its copies in frames, and none is in Stripe's: what is there is theirs,
# and says so by the address.
RUN = """async ({ tags, theirs }) => {
  const found = await axe.run(
    { exclude: [`iframe[src^="${theirs}"]`] },
    { runOnly: tags, resultTypes: ["violations"] },
  );
  return found.violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, failureSummary, html }) =>
      `${target.join(" ")}: ${failureSummary} ${html.slice(0, 160)}`),
  }));
}"""


@cache
def source() -> str:
    folder = installed(HERE).parent
    return (folder / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, *, theirs: str) -> list[str]:
    """One line for each; what comes from `theirs` (an origin) is not looked at."""
    if not page.evaluate("typeof axe === 'object'"):
        # Not as a script of the page's, which its policy would refuse.
        page.evaluate(source())
    found: list[dict[str, Any]] = page.evaluate(RUN, {"tags": TAGS, "theirs": theirs})
    return [f"{one['id']} ({one['help']}): {one['nodes']}" for one in found]
