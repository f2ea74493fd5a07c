"""What a person does at the panel."""

from playwright.sync_api import Locator, Page, expect

from tests.sandbox_process import SandboxProcess


class Panel:
    def __init__(self, page: Page, sandbox: SandboxProcess) -> None:
        self.page = page
        self.sandbox = sandbox

    def open(self, *path: str) -> None:
        """Look at a section, or at one thing in it."""
        self.page.goto(f"{self.sandbox.url}/_/#/{'/'.join(path)}")

    def open_thing(self, thing_id: str) -> None:
        self.open("objects", "any", thing_id)
        expect(self.detail).to_contain_text(thing_id)

    @property
    def detail(self) -> Locator:
        return self.page.get_by_role("article")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def is_told(self, text: str) -> None:
        """The panel says this about what was just done."""
        expect(self.page.get_by_role("status")).to_contain_text(text)
