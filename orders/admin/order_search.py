"""Find orders by what a person has in front of them: a number, an address, a name.

Each word of the search narrows the list. What looks like a number, an e-mail address
or an id of another floor is looked up in an index; any other word is looked for in
the names, in any part of them, by an index that is made for that (AnyPartIndex).
Whoever may read the answers also finds an order by the phone number and the last name
in them: whole, by their blind index.
"""

import re
from collections.abc import Callable, Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from lumira.kit.encryption import found_by
from orders.intake_index import spelt_name, spelt_phone
from orders.models import Order
from orders.models.order import NUMBER_ALPHABET
from orders.order_code import code_begins

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
# A phone number is written in groups: the spaces in it do not part words.
_IN_GROUPS = re.compile(r"(?<!\S)\+?[\d.()/\-]+(?:\s+[\d.()/\-]+)+(?!\S)")

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
    orders: QuerySet[Order],
    term: str,
    *,
    in_addresses: bool = True,
    in_answers: bool = False,
) -> QuerySet[Order]:
    """Those of `orders` that every word of `term` describes; all for no word.

    Without `in_addresses` no e-mail address is compared: whoever may not read one
    must not find it out letter by letter either. `in_answers` is for who may read
    the answers: a guess that finds something tells as much.
    """
    if len(term) > LONGEST_TERM:
        return orders.none()
    said = " ".join(term.replace("\0", " ").split())
    if in_answers:
        said = _IN_GROUPS.sub(_as_one_word, said)
    words = list(dict.fromkeys(said.split()))
    if len(words) > MOST_WORDS:
        return orders.none()
    described = Q()
    for word in words:
        described &= _described_by(word, in_addresses, in_answers)
    if in_answers and len(words) > 1:
        # A last name of several words.
        described |= found_by(Order, "last_name_index", spelt_name(said))
    return orders.filter(described)


def begins_with(field: str, text: str) -> Q:
    """The rows whose field begins with `text`, found in an index.

    PostgreSQL has one for LIKE, and sorts by a language's rules; the other engines
    sort by bytes, and would read every row for LIKE.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})


def _as_one_word(groups: re.Match[str]) -> str:
    whole = "".join(groups[0].split())
    return whole if spelt_phone(whole) else groups[0]


def _described_by(word: str, in_addresses: bool, in_answers: bool) -> Q:
    named = {order for lookup in _lookups for order in lookup(word)}
    if named:
        return Q(pk__in=named)
    if in_addresses and word.find("@") > 0:
        return begins_with("email", word.lower())
    phone = spelt_phone(word) if in_answers else ""
    described = found_by(Order, "phone_index", phone)
    if number := number_begun(word):
        # Ten digits can be the one or the other.
        return begins_with("number", number) | described
    if phone:
        return described
    if in_answers:
        described |= found_by(Order, "last_name_index", spelt_name(word))
    if in_addresses:
        described |= begins_with("email", word.lower())
    if _ONLY_CODE.fullmatch(word.upper()):
        described |= code_begins(word.upper())
    return _named(word) | _looked_up(described)


def _looked_up(described: Q) -> Q:
    """Beside what takes reading every name.

    SQLite would give up the other indexes, and compare in each row of the table what
    it finds at once in a query of its own; the names' index is enough for the rest.
    """
    if connection.vendor == "sqlite" and described:
        return Q(pk__in=Order.objects.filter(described).values("pk"))
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
