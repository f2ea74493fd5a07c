"""Find orders by what a person has in front of them: a number, an address, a name.

Each word of the search narrows the list. What looks like a number, an e-mail address
or an id of another floor is looked up in an index; any other word is looked for in
the names, which means reading them all.
"""

import re
from collections.abc import Callable, Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from orders.models import Order
from orders.models.order import NUMBER_ALPHABET

Lookup = Callable[[str], Collection[UUID]]

# More than a number, an address and a name can be together.
LONGEST_TERM = 500
MOST_WORDS = 20

_CODE = f"[{NUMBER_ALPHABET}]"
# LU261122-7K3MWQ, from the start as far as it was typed.
_NUMBER = re.compile(rf"(?:LU)?(\d{{6}})-?({_CODE}{{0,6}})")
_BEGINNING = re.compile(r"(?:LU)?(\d{2,5})")
# What is read aloud: the part behind the dash.
_ONLY_CODE = re.compile(rf"{_CODE}{{4,6}}")

_lookups: list[Lookup] = []


def add_order_lookup(lookup: Lookup) -> Lookup:
    """Let a word of the search name orders by what another floor knows of them.

    `lookup` is asked for each word; it answers with the orders that the word names,
    or with nothing, at once, when the word does not look like one of its own. A
    repeat changes nothing.
    """
    if lookup not in _lookups:
        _lookups.append(lookup)
    return lookup


def search_orders(
    orders: QuerySet[Order], term: str, *, in_addresses: bool = True
) -> QuerySet[Order]:
    """Those of `orders` that every word of `term` describes; all for no word.

    Without `in_addresses` no e-mail address is compared: whoever may not read one
    must not find it out letter by letter either.
    """
    words = list(dict.fromkeys(term.replace("\0", " ").split()))
    if len(term) > LONGEST_TERM or len(words) > MOST_WORDS:
        return orders.none()
    for word in words:
        orders = orders.filter(_described_by(word, in_addresses=in_addresses))
    return orders


def begins_with(field: str, text: str) -> Q:
    """The rows whose field begins with `text`, found in an index.

    PostgreSQL has one for LIKE, and sorts by a language's rules; the other engines
    sort by bytes, and would read every row for LIKE.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})


def _described_by(word: str, *, in_addresses: bool) -> Q:
    named = {order for lookup in _lookups for order in lookup(word)}
    if named:
        return Q(pk__in=named)
    if in_addresses and word.find("@") > 0:
        return begins_with("email", word.lower())
    if number := number_begun(word):
        return begins_with("number", number)
    described = _named(word)
    if in_addresses:
        described |= begins_with("email", word.lower())
    if _ONLY_CODE.fullmatch(word.upper()):
        described |= Q(number__contains=f"-{word.upper()}")
    return described


def number_begun(word: str) -> str:
    """The beginning of an order number, as it is stored; or "" if it is none."""
    word = word.upper()
    if whole := _NUMBER.fullmatch(word):
        return f"LU{whole[1]}-{whole[2]}"
    beginning = _BEGINNING.fullmatch(word)
    return f"LU{beginning[1]}" if beginning else ""


def _named(word: str) -> Q:
    if word.isascii():
        return Q(name__icontains=word)
    # SQLite knows the upper and lower case of a to z only.
    described = Q()
    for spelling in sorted({word, word.lower(), word.upper(), word.capitalize()}):
        described |= Q(name__icontains=spelling)
    return described
