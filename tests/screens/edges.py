"""What hangs over the right edge of a page."""

from playwright.sync_api import Page

# In CSS pixels. 320: what a desk at 400 % has (WCAG 2.2, 1.4.10).
WIDTHS = (320, 360, 768, 1440)
PHONE_WIDTH = 360

OVER = """() => {
  const edge = document.documentElement.clientWidth;
  const width = document.documentElement.scrollWidth;
  if (width <= edge) return [];
  const isCut = (element) => element !== document.body
    && (getComputedStyle(element).overflowX !== "visible"
      || isCut(element.parentElement));
  const over = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > edge + 0.5 && !isCut(element.parentElement);
  });
  const names = over.map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  return [`${width} > ${edge}: ${names.slice(0, 6).join(", ")}`];
}"""
USUAL_LETTERS, LARGE_LETTERS = 16, 32


def hanging_over(page: Page) -> list[str]:
    """At each width, and on a phone with letters twice as large."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width} px {over}" for over in page.evaluate(OVER)]
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 800})
    browser = page.context.new_cdp_session(page)
    # As the browser's own setting does, which what is asked of the window heeds.
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_LETTERS}})
    found += [f"with large letters {over}" for over in page.evaluate(OVER)]
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL_LETTERS}})
    browser.detach()
    return found
