"""docs/operations.md says of every mail to whom it goes, and when."""

import re

from django.conf import settings


def test_every_mail_stands_in_the_table() -> None:
    folder = settings.BASE_DIR / "templates" / "emails"
    mails = {path.parent.name for path in folder.glob("*/subject.txt")}

    text = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    section = text.partition("\n## Mails\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}

    assert mails - named == set()
    assert named - mails == set()
