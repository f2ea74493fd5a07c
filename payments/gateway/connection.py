"""The way to Stripe: connections that are kept open, and each request reported.

The SDK's own clients go by `requests`, which reads the environment for proxies and
prepares a session's request anew for each call: that took three times as long as the
call. When and how often it is tried again stays the SDK's business.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import stripe
import urllib3
from urllib3.exceptions import HTTPError, ProtocolError, ProxyError, TimeoutError

from payments.gateway.calls import reported

CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 3.0, 10.0
# Kept open for this many threads of the process; more may be open at one moment.
KEPT_OPEN = 16
# Not so when its certificate is wrong, or what it sent cannot be unpacked.
WORTH_ANOTHER_TRY = (TimeoutError, ProtocolError, ProxyError)
# Long lists are sent compressed.
HEADERS = urllib3.make_headers(keep_alive=True, accept_encoding="gzip, deflate")


class Connection(stripe.HTTPClient):
    """Every request of every operation passes here, retries and pages too.

    Safe to share between threads.
    """

    name = "urllib3"

    def __init__(self, base: str) -> None:
        super().__init__()
        self._manager = _manager_for(base)
        self._pool: urllib3.PoolManager | urllib3.HTTPConnectionPool = self._manager
        self._named_by_pool = ""
        if not self._manager.proxy:
            # Straight to one host: its pool need not be looked up for each call.
            self._pool = self._manager.connection_from_url(base)
            to = urlsplit(base)
            self._named_by_pool = f"{to.scheme}://{to.netloc}"

    def request(  # type: ignore[override]  # bytes, as the SDK's own clients answer
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
    ) -> tuple[bytes, int, Mapping[str, str]]:
        with reported(method, url, headers or {}) as answer:
            try:
                heard = self._pool.urlopen(
                    method.upper(),
                    url.removeprefix(self._named_by_pool),
                    redirect=False,
                    body=post_data,
                    headers={**HEADERS, **(headers or {})},
                )
            except HTTPError as error:
                raise stripe.APIConnectionError(  # type: ignore[no-untyped-call]
                    f"No answer of Stripe's: {type(error).__name__}",
                    should_retry=isinstance(error, WORTH_ANOTHER_TRY),
                ) from error
            answer.status, answer.headers = heard.status, heard.headers
        return heard.data, heard.status, heard.headers

    def close(self) -> None:
        self._manager.clear()


def _manager_for(base: str) -> urllib3.PoolManager:
    """Through the environment's proxy, if it names one for this address."""
    options: dict[str, Any] = {
        "maxsize": KEPT_OPEN,
        "timeout": urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S),
        "retries": False,
        "ca_certs": stripe.ca_bundle_path,
    }
    proxy = _proxy_for(base)
    if not proxy:
        return urllib3.PoolManager(**options)
    user = urlsplit(proxy)
    if user.username:
        who = f"{unquote(user.username)}:{unquote(user.password or '')}"
        options["proxy_headers"] = urllib3.make_headers(proxy_basic_auth=who)
    return urllib3.ProxyManager(proxy, **options)


def _proxy_for(base: str) -> str:
    to, named = urlsplit(base), getproxies()
    proxy = named.get(to.scheme) or named.get("all") or ""
    if not proxy or proxy_bypass(to.netloc):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"
