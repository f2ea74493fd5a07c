"""Requests to the webhook that look like Stripe's and are not.

Each is made of one event that Stripe really signed. The words that start with MARK
stand in them wherever text may stand: none of them may turn up in a log.
"""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.fuzz.wsgi_post import Request
from tests.payments.signed_events import SECRET, WEBHOOK, signature

MARK = "zqxj"
Forgery = Callable[[Random, bytes], Request]
_forgeries: list[Forgery] = []


def forgeries(
    random: Random, right: bytes, how_many: int
) -> Iterator[tuple[str, Request]]:
    """Of every kind the same number, each another one; with the kind's name."""
    for n in range(how_many):
        forge = _forgeries[n % len(_forgeries)]
        yield forge.__name__, forge(random, right)


def forgery(function: Forgery) -> Forgery:
    _forgeries.append(function)
    return function


def post(body: bytes, header: str | None, **more: Any) -> Request:
    headers = {} if header is None else {"HTTP_STRIPE_SIGNATURE": header}
    headers |= more.pop("headers", {})
    return Request(WEBHOOK, body, headers=headers, **more)


def another(random: Random, length: int = 64) -> str:
    return "".join(random.choices("0123456789abcdef", k=length))


def changed(random: Random, body: bytes) -> bytes:
    """Some bytes of it are others."""
    mangled = bytearray(body)
    for at in random.sample(range(len(body)), random.choice((1, 1, 2, 30))):
        mangled[at] ^= random.randrange(1, 256)
    return bytes(mangled)


# What was signed is not what arrives.


@forgery
def flipped_bytes(random: Random, right: bytes) -> Request:
    return post(changed(random, right), signature(right))


@forgery
def cut(random: Random, right: bytes) -> Request:
    return post(right[: random.randrange(len(right))], signature(right))


@forgery
def more_behind(random: Random, right: bytes) -> Request:
    more = random.choice((b" ", b"\n", b"\x00", right, b"," + right, MARK.encode()))
    return post(right + more * random.choice((1, 2, 50)), signature(right))


@forgery
def another_amount(random: Random, right: bytes) -> Request:
    event = json.loads(right)
    event["data"]["object"]["amount_received"] = random.randrange(1, 7900)
    return post(json.dumps(event).encode(), signature(right))


@forgery
def same_event_spelled_otherwise(random: Random, right: bytes) -> Request:
    indent = random.randrange(1, 9)
    return post(json.dumps(json.loads(right), indent=indent).encode(), signature(right))


@forgery
def another_encoding(random: Random, right: bytes) -> Request:
    encoding = random.choice(("utf-16", "utf-32", "utf-8-sig", "cp037"))
    return post(right.decode().encode(encoding), signature(right))


@forgery
def announced_too_short(random: Random, right: bytes) -> Request:
    announced = str(random.randrange(len(right)))
    return post(right, signature(right), announced=announced)


@forgery
def announced_as_no_number(random: Random, right: bytes) -> Request:
    announced = random.choice(("", "many", "1e3", "0x10", "12, 12", "-1", "\xb2", MARK))
    return post(right, signature(right), announced=announced)


@forgery
def more_than_arrives(random: Random, right: bytes) -> Request:
    body = right[: random.randrange(len(right))]
    return post(body, signature(right), announced=str(random.randrange(1_000_000)))


# The right body, the wrong signature.


@forgery
def another_secret(random: Random, right: bytes) -> Request:
    secret = random.choice(("", SECRET[:-1], f"{SECRET} ", SECRET.upper(), MARK))
    return post(right, signature(right, secret=secret + another(random, 3)))


@forgery
def flipped_mark(random: Random, right: bytes) -> Request:
    time, _, mark = signature(right).partition(",v1=")
    at = random.randrange(len(mark))
    other = random.choice([one for one in "0123456789abcdef" if one != mark[at]])
    return post(right, f"{time},v1={mark[:at]}{other}{mark[at + 1 :]}")


@forgery
def cut_header(random: Random, right: bytes) -> Request:
    header = signature(right)
    return post(right, header[: random.randrange(len(header))])


@forgery
def another_time(random: Random, right: bytes) -> Request:
    """Old signature, new time; and the other way round."""
    age_s = random.randrange(1, 10**9)
    old, new = signature(right, age_s=age_s), signature(right)
    if random.random() < 0.5:
        old, new = new, old
    return post(right, f"{new.partition(',')[0]},{old.partition(',')[2]}")


@forgery
def rightly_signed_long_ago(random: Random, right: bytes) -> Request:
    return post(right, signature(right, age_s=random.randrange(302, 10**9)))


@forgery
def another_scheme(random: Random, right: bytes) -> Request:
    scheme = random.choice(("v0", "v2", "V1", "v1 ", "v11", "", "t", MARK))
    return post(right, signature(right, scheme=scheme))


@forgery
def header_sent_twice(random: Random, right: bytes) -> Request:
    wrong = [signature(right, secret=another(random)) for _ in range(2)]
    old = signature(right, age_s=random.randrange(302, 10**6))
    return post(right, random.choice((",", ", ", ";")).join([*wrong, old]))


@forgery
def strange_header(random: Random, right: bytes) -> Request:
    strange = (
        *(None, "", " ", "=", ",,,", "t=,v1=", "t=1,v1=", f"t={MARK},v1={MARK}"),
        *("t=9" * 2_000, "v1=" + "f" * 7_000, "t=1," + "v1=0," * 900, "t=NaN,v1=0"),
        *("t=\x00,v1=\x7f", "t=1,v1=\xe9\xff", "\xd9\xa3", "t=-1,v1=0", "t=1e9,v1=0"),
        f"t=1,v1={another(random)}",
        f"t={'9' * random.randrange(10, 5_000)},v1={another(random)}",
    )
    return post(right, random.choice(strange))


# Neither right, in whatever dress.


@forgery
def other_content_type(random: Random, right: bytes) -> Request:
    kinds = (
        *("", "text/xml", "multipart/form-data", "multipart/form-data; boundary=x"),
        *("application/x-www-form-urlencoded", "application/json; charset=utf-7"),
        *("application/json; charset=nonsense", MARK, "\xe9", "a/b;" * 500),
    )
    headers = {"CONTENT_TYPE": random.choice(kinds)}
    return post(changed(random, right), signature(right), headers=headers)


@forgery
def noise(random: Random, right: bytes) -> Request:
    body = random.randbytes(random.choice((0, 1, 20, 3_000)))
    return post(body, random.choice((None, signature(right), another(random))))


@forgery
def too_large(random: Random, right: bytes) -> Request:
    announced = random.choice((1_000_001, 2_000_000, 10**9, 10**30))
    return post(right, signature(right), announced=str(announced))


# Rightly signed, and yet no event.


@forgery
def signed_noise(random: Random, right: bytes) -> Request:
    body = random.choice((b"", right[:-1], right + right, b"\xff", b"\xed\xa0\x80"))
    body = body or random.randbytes(20)
    return post(body, signature(body))


@forgery
def signed_json_that_is_no_event(random: Random, right: bytes) -> Request:
    event = json.loads(right)
    name = random.choice(("id", "type", "livemode", "data"))
    if random.random() < 0.3:
        del event[name]
    else:
        event[name] = random.choice(_unfit(name))
    whole = random.choice((event, event, event, [event], None, 1, MARK, {"a": event}))
    body = json.dumps(whole).encode()
    return post(body, signature(body))


@forgery
def signed_and_deep(random: Random, right: bytes) -> Request:
    deep = b"[" * random.randrange(2_000, 100_000)
    body = right[:-1] + b', "more": ' + deep
    return post(body, signature(body))


def _unfit(name: str) -> tuple[Any, ...]:
    if name == "data":
        return (None, 1, MARK, [], {}, {"object": None}, {"object": MARK})
    if name == "livemode":
        return (None, 0, "false", MARK, [])
    return (None, 1, True, [], {}, "", MARK + "\x00", "\ud800", "a\nb", "x" * 300)
