"""Where a request comes from, as far as that can be known."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one customer of a provider gets: whoever has one address in it has them all.
IPV6_PREFIX = 64


def client_network(request: HttpRequest) -> str:
    """The sender's IPv4 address or IPv6 /64; empty when there is none to be had.

    Each proxy of ours adds the address it heard from at the end of X-Forwarded-For,
    so only the last TRUSTED_PROXY_COUNT entries are true: what the sender wrote
    stands before them and is not read.
    """
    address = _address(_claimed(request)) or _address(
        request.META.get("REMOTE_ADDR", "")
    )
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address or "")


def _claimed(request: HttpRequest) -> str:
    proxies: int = settings.TRUSTED_PROXY_COUNT
    heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # Fewer entries than proxies: it did not come through all of them.
    return heard[-proxies] if 0 < proxies <= len(heard) else ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Some proxies add a port, and write IPv4 as IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
