"""What a browser says against a page, by its Content-Security-Policy."""

from playwright.sync_api import Page

# Written down in the page itself: a violation may come before any listener of ours.
LISTEN = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    const { violatedDirective, blockedURI, sample, sourceFile, lineNumber } = event;
    window.violations.push(
      `${violatedDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`
    );
  });
"""


class Watcher:
    """Remembers what is wrong with each page that it was on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: dict[str, list[str]] = {}
        page.add_init_script(LISTEN)

    def look(self, address: str) -> None:
        """Go there, and wait until what it loads is loaded."""
        self.page.goto(address, wait_until="load")
        self.note(address)

    def note(self, name: str) -> None:
        """The page as it is now, after what was done in it."""
        found = self.page.evaluate("window.violations")
        if found:
            self.complaints.setdefault(name, []).extend(sorted(set(found)))
