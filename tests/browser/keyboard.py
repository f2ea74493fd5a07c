"""A person without a mouse: every key is counted, and one always sees where one is."""

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.customer import TWO_FRAMES

# More than any page has; a page that never gets there is a trap.
MOST_STEPS = 40
# What has the focus shows it, by itself or by the card or the button around it.
IS_SEEN = """() => {
  const one = document.activeElement;
  const chooser = document.querySelector(`label.button[for="${one.id}"]`);
  return [one, one.closest("label"), chooser].some((box) => {
    const line = box && getComputedStyle(box);
    return line && line.outlineStyle !== "none" && parseFloat(line.outlineWidth) > 0;
  });
}"""
# Nothing that stays on the screen lies over it, as the bar of a phone might.
IS_UNCOVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2];
  const top = document.elementFromPoint(x, y);
  return top !== null && (document.activeElement.contains(top)
    || top.contains(document.activeElement)
    || top.closest("label") !== null);
}"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        # Keys pressed to get about, and characters typed.
        self.steps = 0
        self.letters = 0

    def press(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        self.letters += len(text)
        self.page.keyboard.type(text)

    def tabs_to(self, selector: str) -> None:
        """Tab until what matches has the focus, in whichever frame."""
        for _ in range(MOST_STEPS):
            self.press("Tab")
            # Into a frame of another process the focus comes a moment later.
            self.page.evaluate(TWO_FRAMES)
            frame = self._frame()
            # A frame of Stripe's draws its own line.
            if frame is self.page.main_frame:
                where = frame.evaluate("document.activeElement.outerHTML.slice(0, 120)")
                assert frame.evaluate(IS_SEEN), f"the focus is not seen on {where}"
                assert frame.evaluate(IS_UNCOVERED), f"something covers {where}"
            if frame.evaluate("(css) => document.activeElement.matches(css)", selector):
                return
        pytest.fail(f"Tab never comes to {selector}")

    def _frame(self) -> Frame:
        """Where the focus is, which may be a frame in a frame."""
        frame = self.page.main_frame
        while frame.evaluate("document.activeElement?.tagName") == "IFRAME":
            self.page.evaluate(TWO_FRAMES)
            handle = frame.evaluate_handle("document.activeElement").as_element()
            inner = handle.content_frame() if handle else None
            if inner is None:
                break
            frame = inner
        return frame
