"""Bodies written down as TypeScript constants of the types in npm's `stripe`."""

import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

_HEAD = """\
import type Stripe from "stripe";

declare function decimal(text: string): Stripe.Decimal;
"""
# Words that the package writes as two.
_WORDS = {"invoiceitem": "InvoiceItem"}
_OWN_NAMES = {"line_item": "InvoiceLineItem"}


def typescript_of(constants: Sequence[tuple[str, Json]]) -> str:
    """A module with one exported constant a line, each of its type."""
    lines = [
        f"export const body{place}: {kind} = {_literal(body)};"
        for place, (kind, body) in enumerate(constants)
    ]
    return _HEAD + "\n".join(lines) + "\n"


def first_line_of_constants() -> int:
    """On which line of the module the first constant stands, from 1."""
    return _HEAD.count("\n") + 1


def type_of_body(body: Json) -> str:
    """Like `Stripe.PaymentIntent`, `Stripe.ApiList<…>` or `Stripe.DeletedPrice`."""
    kind = str(body["object"])
    if kind == "list":
        inner = sorted({type_of_body(row) for row in body["data"]}) or ["never"]
        return f"Stripe.ApiList<{' | '.join(inner)}>"
    *spaces, name = kind.split(".")
    name = _OWN_NAMES.get(name, _joined(name))
    if body.get("deleted"):
        name = f"Deleted{name}"
    return ".".join(["Stripe", *map(_joined, spaces), name])


def type_of_event(event: Json) -> str:
    """`Stripe.PaymentIntentSucceededEvent` for payment_intent.succeeded."""
    return f"Stripe.{''.join(map(_joined, event['type'].split('.')))}Event"


def _joined(words: str) -> str:
    return "".join(_WORDS.get(word, word.capitalize()) for word in words.split("_"))


def _literal(value: Any, name: str = "") -> str:
    """The JSON as it is, except for two things that the types see differently.

    Exact decimals are text only on the wire. Of a hash that changed, an event's
    `previous_attributes` hold a part where the types want the whole: it is left out.
    """
    if isinstance(value, dict):
        is_former = name == "previous_attributes"
        inner = (
            f"{json.dumps(key)}: {_literal(item, key)}"
            for key, item in value.items()
            if not (is_former and isinstance(item, dict | list))
        )
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, str) and name.endswith("_decimal"):
        return f"decimal({json.dumps(value)})"
    return json.dumps(value)
