import re
from typing import Any

from gunicorn.glogging import Logger

UUID = re.compile(r"([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class AccessLog(Logger):
    """Paths with their ids cut short: the id of an order opens its page."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        return atoms | {"U": UUID.sub(r"\1…", str(atoms.get("U", "")))}
