"""What the dashboard warns of: disputes, and machinery that needs a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from lumira.kit.money import money
from lumira.kit.readonly_admin import short_moment
from lumira.outbox.models import MAX_ATTEMPTS, Message
from payments.actions.disputes import REMIND_BEFORE
from payments.admin.dashboard_tile import Tile, Tone, duration, list_url
from payments.dashboard.alerts import (
    MOST_DISPUTES,
    RECONCILE_SILENCE,
    dead_messages,
    disputes_to_answer,
    failed_events,
    last_reconcile,
)
from payments.models import Dispute, ProcessedEvent, ReconcileRun
from payments.status import WAITS_FOR_US

SHOWN_DISPUTES = 5

DISPUTES = (
    "La banque d’un client conteste un paiement et attend nos preuves. Sans réponse "
    "avant la date limite, le litige est perdu."
)
MESSAGES = "Essayés pendant trois jours sans succès. Ils restent à renvoyer à la main."
EVENTS = (
    "Ce que Stripe nous a dit et que nous n’avons pas pu traiter. Stripe recommence "
    "pendant trois jours, le rapprochement aussi ; au-delà, il faut les rejouer."
)
RECONCILE = (
    "La comparaison de nos comptes avec ceux de Stripe, toutes les cinq minutes : ce "
    "qu’elle a réparé, et ce qu’une personne doit voir."
)


@dataclass(frozen=True, slots=True)
class DisputeLine:
    order_number: str
    url: str
    amount: str
    deadline: str
    left: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class AlertsSection:
    tiles: list[Tile]
    disputes: list[DisputeLine]

    @property
    def is_calm(self) -> bool:
        return all(tile.tone in (Tone.PLAIN, Tone.GOOD) for tile in self.tiles)


def alerts_section(request: HttpRequest, *, at: datetime) -> AlertsSection | None:
    """What this person may see of it. Four queries at most; None if it is nothing."""
    tiles: list[Tile] = []
    disputes: list[DisputeLine] = []
    may = request.user.has_perm
    if may("payments.view_dispute"):
        waiting = disputes_to_answer()
        tiles.append(_disputes_tile(request, len(waiting)))
        disputes = [
            _dispute_line(one, at=at, with_amount=may("payments.view_payment"))
            for one in waiting[:SHOWN_DISPUTES]
        ]
    if may("outbox.view_message"):
        tiles.append(_messages_tile(request, dead_messages()))
    if may("payments.view_processedevent"):
        tiles.append(_events_tile(request, failed_events()))
    if may("payments.view_reconcilerun"):
        tiles.append(_reconcile_tile(request, last_reconcile(), at=at))
    return AlertsSection(tiles, disputes) if tiles else None


def _disputes_tile(request: HttpRequest, number: int) -> Tile:
    more = "+" if number == MOST_DISPUTES else ""
    url = list_url(request, Dispute, status__in=",".join(sorted(WAITS_FOR_US)))
    tone = Tone.BAD if number else Tone.PLAIN
    return Tile("Litiges à répondre", f"{number}{more}", url, "", tone, DISPUTES)


def _dispute_line(dispute: Dispute, *, at: datetime, with_amount: bool) -> DisputeLine:
    left = "Sans date limite"
    if dispute.due_by:
        remaining = dispute.due_by - at
        is_over = remaining <= timedelta()
        left = "Date limite passée" if is_over else f"Reste {duration(remaining)}"
    return DisputeLine(
        order_number=dispute.order_number,
        url=reverse("admin:payments_dispute_change", args=[dispute.pk]),
        amount=money(dispute.amount, dispute.currency) if with_amount else "",
        deadline=short_moment(dispute.due_by),
        left=left,
        is_urgent=dispute.due_by is not None and dispute.due_by - at < REMIND_BEFORE,
    )


def _messages_tile(request: HttpRequest, number: int) -> Tile:
    url = list_url(
        request, Message, sent_at__isnull="True", attempts__gte=str(MAX_ATTEMPTS)
    )
    tone = Tone.BAD if number else Tone.PLAIN
    return Tile("Messages abandonnés", str(number), url, "", tone, MESSAGES)


def _events_tile(request: HttpRequest, number: int) -> Tile:
    url = list_url(request, ProcessedEvent, processed__exact="0")
    tone = Tone.WARNING if number else Tone.PLAIN
    return Tile("Événements en échec", str(number), url, "", tone, EVENTS)


def _reconcile_tile(
    request: HttpRequest, run: ReconcileRun | None, *, at: datetime
) -> Tile:
    url = list_url(request, ReconcileRun)
    label = "Dernier rapprochement"
    if run is None:
        note = "Aucun n’est encore allé au bout"
        return Tile(label, "Jamais", url, note, Tone.WARNING, RECONCILE)
    value, note, tone = "Tout concorde", short_moment(run.started_at), Tone.GOOD
    to_see, silence = len(run.left) + len(run.problems), at - run.started_at
    if to_see:
        value, tone = f"{to_see} à voir", Tone.BAD
    elif run.mended:
        note += f" · {len(run.mended)} réparé(s)"
    if silence > RECONCILE_SILENCE and tone != Tone.BAD:
        note, tone = f"Plus rien depuis {duration(silence)}", Tone.WARNING
    return Tile(label, value, url, note, tone, RECONCILE)
