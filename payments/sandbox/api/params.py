"""What an endpoint accepts: tables of parameters, checked with Stripe's own words.

Whatever a table does not name is refused, as Stripe does, and so is a parameter that
Stripe knows but the sandbox does not honour: silence would be a lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from payments.sandbox.errors import invalid
from payments.sandbox.store import Json


class Kind(Protocol):
    """One sort of value: turns the form's text into it or refuses."""

    def read(self, raw: Any, name: str) -> Any: ...


Fields = dict[str, Kind]


@dataclass(frozen=True)
class Text:
    max_length: int = 5000
    may_be_empty: bool = True

    def read(self, raw: Any, name: str) -> str:
        if not isinstance(raw, str):
            raise invalid(f"Invalid string: {raw}", param=name)
        if not raw and not self.may_be_empty:
            raise invalid(
                f"You passed an empty string for '{name}'. We assume empty values are "
                f"an attempt to unset a parameter; however '{name}' cannot be unset. "
                f"You should remove '{name}' from your request or supply a non-empty "
                "value.",
                code="parameter_invalid_empty",
                param=name,
            )
        if len(raw) > self.max_length:
            raise invalid(
                f"Invalid string: {raw[:20]}...{raw[-5:]}; must be at most "
                f"{self.max_length} characters",
                param=name,
            )
        return raw


@dataclass(frozen=True)
class Whole:
    """An integer. `may_be_empty` reads "" as None, Stripe's way to unset."""

    minimum: int | None = None
    maximum: int | None = None
    may_be_empty: bool = False

    def read(self, raw: Any, name: str) -> int | None:
        if raw == "" and self.may_be_empty:
            return None
        if not isinstance(raw, str) or not raw.lstrip("-").isdecimal():
            raise invalid(
                f"Invalid integer: {raw}", code="parameter_invalid_integer", param=name
            )
        number = int(raw)
        if self.minimum is not None and number < self.minimum:
            raise invalid(
                f"This value must be greater than or equal to {self.minimum}.",
                code="parameter_invalid_integer",
                param=name,
            )
        if self.maximum is not None and number > self.maximum:
            raise invalid(
                f"This value must be less than or equal to {self.maximum}.",
                code="parameter_invalid_integer",
                param=name,
            )
        return number


@dataclass(frozen=True)
class YesNo:
    def read(self, raw: Any, name: str) -> bool:
        if raw not in ("true", "false"):
            raise invalid(f"Invalid boolean: {raw}", param=name)
        return bool(raw == "true")


class Choice:
    """One of these words. Add "" for an optional value that may be unset."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, raw: Any, name: str) -> str:
        if raw not in self.words:
            known = [word for word in self.words if word]
            listed = (
                f"{', '.join(known[:-1])}, or {known[-1]}"
                if len(known) > 1
                else known[0]
            )
            raise invalid(f"Invalid {name}: must be one of {listed}", param=name)
        return str(raw)


@dataclass(frozen=True)
class ListOf:
    item: Kind
    may_be_empty: bool = True

    def read(self, raw: Any, name: str) -> list[Any]:
        if raw == "" and self.may_be_empty:
            return []
        if not isinstance(raw, dict) or not all(key.isdigit() for key in raw):
            raise invalid("Invalid array", param=name)
        return [
            self.item.read(raw[key], f"{name}[{key}]") for key in sorted(raw, key=int)
        ]


@dataclass(frozen=True)
class Metadata:
    """Up to 50 keys of 40 characters, values of 500. "" removes.

    https://docs.stripe.com/api/metadata
    """

    def read(self, raw: Any, name: str) -> dict[str, str] | None:
        if raw == "":
            return None
        if not isinstance(raw, dict):
            raise invalid("Invalid hash", param=name)
        if len(raw) > 50:
            raise invalid("You can only have up to 50 metadata keys.", param=name)
        for key, value in raw.items():
            if len(key) > 40:
                raise invalid(
                    f"Metadata keys can be at most 40 characters long: {key}",
                    param=f"{name}[{key}]",
                )
            if not isinstance(value, str) or len(value) > 500:
                raise invalid(
                    "Metadata values can have up to 500 characters, but you passed in "
                    f"a value of {len(value)} characters. Invalid value: {value}",
                    param=f"{name}[{key}]",
                )
        return dict(raw)


@dataclass(frozen=True)
class Hash:
    """Named parameters; the names in `required` must be there."""

    fields: Mapping[str, Kind]
    required: tuple[str, ...] = field(default=())
    may_be_empty: bool = False

    def read(self, raw: Any, name: str) -> Json | None:
        if raw == "" and self.may_be_empty:
            return None
        if not isinstance(raw, dict):
            raise invalid("Invalid object", param=name)
        path = (lambda key: f"{name}[{key}]") if name else (lambda key: key)
        unknown = [path(key) for key in raw if key not in self.fields]
        if unknown:
            word = "parameter" if len(unknown) == 1 else "parameters"
            raise invalid(
                f"Received unknown {word}: {', '.join(unknown)}",
                code="parameter_unknown",
                param=unknown[0],
            )
        for key in self.required:
            if key not in raw:
                raise invalid(
                    f"Missing required param: {path(key)}.",
                    code="parameter_missing",
                    param=path(key),
                )
        return {key: self.fields[key].read(raw[key], path(key)) for key in raw}

    def plus(self, *required: str, **more: Kind) -> "Hash":
        """The same table with further parameters."""
        return Hash(
            {**self.fields, **more}, (*self.required, *required), self.may_be_empty
        )


@dataclass(frozen=True)
class Either:
    """A hash, or else this plain value: `created=5` beside `created[gte]=5`."""

    hash: Hash
    plain: Kind

    def read(self, raw: Any, name: str) -> Any:
        kind = self.hash if isinstance(raw, dict) else self.plain
        return kind.read(raw, name)
