"""How much is allowed. Generous to a family, an office or a slow line; not to a bot.

`LIMITS_FACTOR` multiplies all of it. What is repeated with the same request key or
the same form is the same order, and is not counted.
"""

from datetime import timedelta

from lumira.limits.limit import Limit
from lumira.limits.subjects import Who

TEN_MINUTES = timedelta(minutes=10)
HOUR = timedelta(hours=1)

# New orders, by the form or the API. Each can have one open intent at Stripe. Twenty
# equal requests at one moment are one order, and count as twenty.
ORDERS = Limit(
    "orders",
    TEN_MINUTES,
    {Who.NETWORK: 20, Who.BROWSER: 8, Who.EMAIL: 20, Who.PERSON: 20},
    under_attack={Who.NETWORK: 3, Who.BROWSER: 2, Who.EMAIL: 2},
    minds_rests=True,
    # Who orders once costs no write for it; each process may let one more through.
    unwritten=0.1,
)
# Asking for the intent of an order that is there: a reload of the payment page.
PAYMENTS = Limit(
    "payments",
    TEN_MINUTES,
    {Who.NETWORK: 120, Who.BROWSER: 80, Who.ORDER: 60, Who.PERSON: 80},
    under_attack={Who.NETWORK: 30, Who.BROWSER: 20, Who.ORDER: 20},
    minds_rests=True,
    # It hands out again what was handed out before: nothing depends on the last one.
    unwritten=0.1,
)
# Having Stripe asked how a payment stands.
CONFIRMATIONS = Limit(
    "confirm", TEN_MINUTES, {Who.NETWORK: 120, Who.BROWSER: 80, Who.ORDER: 60}
)
# Beginning to change a subscription's card, or to pay what is late.
CARDS = Limit("cards", HOUR, {Who.NETWORK: 60, Who.PERSON: 20})
# Coming back from there, which has Stripe asked or what is late charged. So many more
# that a card which was confirmed is not turned away.
CARDS_BACK = Limit("cardsback", HOUR, {Who.NETWORK: 120, Who.PERSON: 40})
# Asking for a link by mail; each address is mailed once in ten minutes anyway.
LINKS = Limit("links", TEN_MINUTES, {Who.NETWORK: 20, Who.BROWSER: 8}, {Who.NETWORK: 5})
# Sending the order form with pictures, which are decoded, whether right or wrong.
UPLOADS = Limit("uploads", TEN_MINUTES, {Who.NETWORK: 40, Who.BROWSER: 20})
# Refused cards. The last one allowed begins a pause.
DECLINES = Limit(
    "declines",
    HOUR,
    {Who.ORDER: 5, Who.EMAIL: 6, Who.PERSON: 6, Who.NETWORK: 8},
    under_attack={Who.ORDER: 3, Who.EMAIL: 3, Who.NETWORK: 4},
)
# Under attack: intents for whoever has not proven their address. The others are
# told to ask for the link that proves it.
UNPROVEN = Limit("unproven", TEN_MINUTES, {Who.NETWORK: 2, Who.SHOP: 10})
# Mails about an order that is not paid. Anybody can type anybody's address: this keeps
# the shop from being made to write to strangers.
LETTERS = Limit(
    "letters", timedelta(days=1), {Who.EMAIL: 3, Who.NETWORK: 12, Who.SHOP: 300}
)
ALL = (
    *(ORDERS, PAYMENTS, CONFIRMATIONS, CARDS, CARDS_BACK, LINKS, UPLOADS),
    *(DECLINES, UNPROVEN, LETTERS),
)
# Asking how an order stands, in one minute and one process: a GET, so it is counted
# in memory only.
POLLS_A_MINUTE = 600
