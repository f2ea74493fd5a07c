"""What every endpoint accepts, as a table for the README.

`python -m payments.sandbox.api.describe` writes it there; a test keeps it true.
"""

from pathlib import Path

from payments.sandbox.api.endpoint import Endpoint
from payments.sandbox.api.params import Either, Hash, Kind, ListOf
from payments.sandbox.resources import ROUTES

README = Path(__file__).resolve().parent.parent / "README.md"
_BEGIN = "<!-- endpoints: written by payments/sandbox/api/describe.py -->"
_END = "<!-- end of endpoints -->"


def readme_with_table(text: str) -> str:
    """The README with the table between its marks as it should be."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{endpoint_table()}{_END}{after}"


def endpoint_table() -> str:
    """One row per endpoint: address and parameters; a star marks required ones."""
    rows = ["| endpoint | parameters |", "|---|---|"]
    for endpoint in ROUTES.endpoints:
        rows.append(f"| `{endpoint.route}` | {_cell(endpoint)} |")
    return "\n".join(rows) + "\n"


def _cell(endpoint: Endpoint) -> str:
    cell = _listed(endpoint.table) or "–"
    if endpoint.browser:
        cell += f"<br>browser: {_listed(endpoint.browser)}"
    return cell


def _listed(table: Hash) -> str:
    return ", ".join(
        f"`{name}{_inside(kind)}`{'*' if name in table.required else ''}"
        for name, kind in sorted(table.fields.items())
    )


def _inside(kind: Kind) -> str:
    """The names within a parameter: `created[gt,gte,lt,lte]`, `expand[]`."""
    if isinstance(kind, Either):
        kind = kind.hash
    if isinstance(kind, ListOf):
        return f"[]{_inside(kind.item)}"
    if isinstance(kind, Hash) and kind.fields:
        inner = (f"{name}{_inside(item)}" for name, item in kind.fields.items())
        return f"[{','.join(sorted(inner))}]"
    return ""


if __name__ == "__main__":
    README.write_text(readme_with_table(README.read_text()))
