"""Which address a login is counted for."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from lumira.accounts.client_address import client_network


def network(peer: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client_network(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_a_network_is_an_ipv4_address_or_an_ipv6_64(peer: str, expected: str) -> None:
    assert network(peer) == expected


def test_without_a_proxy_of_ours_the_header_is_not_read() -> None:
    assert network("192.0.2.1", "203.0.113.5") == "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.5, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.5, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        # It did not come through both of them.
        (2, "203.0.113.5", "10.0.0.1"),
        (1, "203.0.113.5, nonsense", "10.0.0.1"),
        (1, "192.0.2.1:50123", "192.0.2.1"),
        (1, "[2001:db8:1:2::7]:50123", "2001:db8:1:2::/64"),
        (1, "", "10.0.0.1"),
    ],
)
def test_behind_proxies_only_what_they_wrote_is_believed(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies

    assert network("10.0.0.1", forwarded) == expected
