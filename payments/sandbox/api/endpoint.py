"""One endpoint: its method, address, parameters and function; and finding it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from payments.sandbox.api.params import Hash
from payments.sandbox.errors import ApiError
from payments.sandbox.store import Json


@dataclass(frozen=True)
class Call:
    """A checked call, as an endpoint's function sees it."""

    endpoint: "Endpoint"
    path: str
    params: Json
    args: dict[str, str] = field(default_factory=dict)
    by_browser: bool = False
    origin: str = ""

    def arg(self, name: str) -> str:
        """The part of the address that stands for `{name}`."""
        return self.args[name]


@dataclass(frozen=True)
class Endpoint:
    """`browser` is the table for a publishable key; None forbids such keys."""

    method: str
    template: str
    table: Hash
    answer: Callable[[Call], Json]
    browser: Hash | None = None

    @property
    def route(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template))


class Routes:
    """All endpoints; fixed words win over `{placeholders}` by being listed first."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self.endpoints = tuple(endpoints)
        self._by_shape: dict[tuple[str, int], list[tuple[re.Pattern[str], Endpoint]]]
        self._by_shape = {}
        for endpoint in self.endpoints:
            shape = (endpoint.method, endpoint.template.count("/"))
            self._by_shape.setdefault(shape, []).append((endpoint.pattern, endpoint))

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
        """The endpoint and the values of its placeholders. Else Stripe's 404."""
        for pattern, endpoint in self._by_shape.get((method, path.count("/")), ()):
            match = pattern.fullmatch(path)
            if match:
                return endpoint, match.groupdict()
        raise ApiError(
            404,
            f"Unrecognized request URL ({method}: {path}). Please see "
            "https://stripe.com/docs or we can help at https://support.stripe.com/.",
            began=False,
        )
