"""The dashboard's money: what came in, what went back, and how often paying works."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from lumira.kit.money import decimals, money
from payments.admin.dashboard_recurring import recurring_tiles
from payments.admin.dashboard_tile import (
    Bar,
    Cell,
    Chart,
    Tile,
    Tone,
    compared,
    days,
    list_url,
    percent,
)
from payments.dashboard.attempts import Attempts, Codes, Tally, attempts
from payments.dashboard.period import Period
from payments.dashboard.takings import Takings, takings
from payments.failure_messages import message_for
from payments.models import Payment, Refund
from payments.status import DID_NOT_WORK, PaymentStatus, RefundStatus

MOST_FAILURES = 5

CAPTURED = (
    "Les paiements encaissés sur la période, le jour où l’argent est arrivé, même "
    "s’ils ont été remboursés depuis."
)
REFUNDED = (
    "Les remboursements réussis demandés sur la période, quel que soit le jour du "
    "paiement. Ceux qui sont en cours ou qui ont échoué ne comptent pas."
)
NET = (
    "Encaissé moins remboursé. Les frais de Stripe et l’argent retenu par un litige "
    "ne sont pas déduits."
)
AVERAGE = "Encaissé, divisé par le nombre de paiements encaissés."
SUCCESS = (
    "Parmi les paiements commencés sur la période et terminés, la part qui a été "
    "encaissée. Terminé : encaissé, ou refusé sans nouvelle réussite depuis. Un client "
    "refusé puis accepté compte comme réussi ; un client qui n’a rien essayé ne compte "
    "pas."
)
FAILURE = (
    "Le reste : les paiements commencés sur la période dont le dernier essai a été "
    "refusé, qu’ils soient encore ouverts ou abandonnés."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason why payments fail: what the customer read, and Stripe's word for it."""

    number: int
    sentence: str
    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Purse:
    """One currency."""

    name: str
    tiles: list[Tile]
    chart: Chart


@dataclass(frozen=True, slots=True)
class MoneySection:
    purses: list[Purse]
    recurring: list[Tile]
    rates: list[Tile]
    failures: list[Failure]


def money_section(request: HttpRequest, period: Period) -> MoneySection | None:
    """Nothing for who may not see payments. Five queries."""
    if not request.user.has_perm("payments.view_payment"):
        return None
    tried = attempts(period)
    return MoneySection(
        purses=[_purse(request, one, period) for one in takings(period)],
        recurring=recurring_tiles(request),
        rates=_rates(request, tried, period),
        failures=[
            _failure(request, codes, number, period)
            for codes, number in tried.failures[:MOST_FAILURES]
        ],
    )


def _purse(request: HttpRequest, one: Takings, period: Period) -> Purse:
    now, before, currency = one.now, one.before, one.currency

    def text(amount: int) -> str:
        return money(amount, currency)

    def past(field: str) -> str:
        was = getattr(before, field)
        return compared(getattr(now, field), was, text(was))

    collected = list_url(
        request,
        Payment,
        status__exact=PaymentStatus.COMPLETED,
        currency=currency,
        **days("completed_at", period.first_day, period.last_day),
    )
    returned = list_url(
        request,
        Refund,
        status__exact=RefundStatus.SUCCEEDED,
        currency=currency,
        **days("created_at", period.first_day, period.last_day),
    )
    back = past("refunded")
    if now.on_the_way:
        back += f" · en cours : {text(now.on_the_way)}"
    return Purse(
        name=currency.upper(),
        tiles=[
            Tile(
                "Encaissé",
                text(now.captured),
                collected,
                past("captured"),
                hint=CAPTURED,
            ),
            Tile("Remboursé", text(now.refunded), returned, back, hint=REFUNDED),
            Tile("Net", text(now.net), "", past("net"), hint=NET),
            Tile(
                "Montant moyen", _average(one), collected, past("average"), hint=AVERAGE
            ),
        ],
        chart=_by_day(request, one),
    )


def _average(one: Takings) -> str:
    return money(one.now.average, one.currency) if one.now.payments else "–"


def _by_day(request: HttpRequest, one: Takings) -> Chart:
    bars = []
    for day, sums in one.days.items():
        url = list_url(
            request,
            Payment,
            status__exact=PaymentStatus.COMPLETED,
            currency=one.currency,
            **days("completed_at", day, day),
        )
        cells = [
            Cell(sums.captured, money(sums.captured, one.currency)),
            Cell(sums.refunded, money(sums.refunded, one.currency)),
        ]
        bars.append(Bar(f"{day:%d/%m}", cells, url))
    return Chart(
        kind="days",
        title=f"Par jour, en {one.currency.upper()}",
        head="Jour",
        series=("Encaissé", "Remboursé"),
        bars=bars,
        currency=one.currency.upper(),
        decimals=decimals(one.currency),
    )


def _rates(request: HttpRequest, tried: Attempts, period: Period) -> list[Tile]:
    if not tried.now.ended:
        return []
    begun = days("created_at", period.first_day, period.last_day)
    succeeded = list_url(
        request, Payment, status__exact=PaymentStatus.COMPLETED, **begun
    )
    # Given up without a refusal is in the same state, but has no code. An admin list
    # drops a filter whose value is empty; codes are words of small letters.
    failed = list_url(
        request,
        Payment,
        status__in=",".join(sorted(DID_NOT_WORK)),
        failure_code__gte="a",
        **begun,
    )
    failure = tried.now.failure_permille or 0
    limit = round(settings.FAILURE_RATE_THRESHOLD * 1000)
    is_high = failure > limit
    return [
        Tile(
            "Paiements réussis",
            percent(tried.now.success_permille or 0),
            succeeded,
            _share(tried.now.succeeded, tried.now, tried.before.success_permille),
            hint=SUCCESS,
        ),
        Tile(
            "Paiements refusés",
            percent(failure),
            failed,
            _share(tried.now.failed, tried.now, tried.before.failure_permille)
            + (f" · au-dessus du seuil de {percent(limit)}" if is_high else ""),
            Tone.BAD if is_high else Tone.PLAIN,
            hint=FAILURE,
        ),
    ]


def _share(part: int, now: Tally, before: int | None) -> str:
    past = "rien avant" if before is None else f"avant : {percent(before)}"
    return f"{part} sur {now.ended} · {past}"


def _failure(
    request: HttpRequest, codes: Codes, number: int, period: Period
) -> Failure:
    decline = {"decline_code": codes.decline_code}
    url = list_url(
        request,
        Payment,
        status__in=",".join(sorted(DID_NOT_WORK)),
        failure_code=codes.failure_code,
        **(decline if codes.decline_code else {"decline_code__lt": "0"}),  # none
        **days("created_at", period.first_day, period.last_day),
    )
    return Failure(
        number=number,
        sentence=message_for(codes.failure_code, codes.decline_code),
        code=codes.decline_code or codes.failure_code,
        url=url,
    )
