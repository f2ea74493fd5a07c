"""Alerts in French: what happened, what to do, and where to look.

docs/payments.md and docs/staff.md have the same for reading at leisure.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from lumira.outbox.models import MAX_ATTEMPTS


class Phase(StrEnum):
    """Of what lasts. An alert about something that happened once has none."""

    BEGAN = "began"
    LASTS = "lasts"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Words:
    """`page` is an admin page's name, with its query if need be, or nothing."""

    title: str
    meaning: str
    to_do: str
    page: str = ""

    @property
    def path(self) -> str:
        if not self.page:
            return ""
        name, _, query = self.page.partition("?")
        return reverse(f"admin:{name}") + (f"?{query}" if query else "")


# Where nothing else shows it.
ALARMS = "payments_alarm_changelist"
UNKNOWN = Words(
    "à regarder",
    "Quelque chose demande une personne.",
    "prévenir la technique.",
)
DISPUTE = Words(
    "Litige",
    "La banque d’un client conteste un paiement\u00a0; la commande est bloquée.",
    "répondre chez Stripe avant la date limite\u00a0; une fois le litige clos, décider "
    "de la commande.",
    "payments_dispute_changelist",
)
# What happened once.
EVENTS = {
    "payment_mismatch": Words(
        "Les comptes ne concordent pas",
        "Stripe parle d’une autre somme, devise ou commande. Rien n’a été marqué payé, "
        "la commande est bloquée.",
        "comparer avec Stripe, y rembourser ce qui n’est pas dû, ou débloquer.",
    ),
    "wrong_mode": Words(
        "Événement du mauvais mode",
        "Un événement réel est arrivé sur des clés d’essai, ou l’inverse. Il n’a rien "
        "changé.",
        "prévenir la technique\u00a0: corriger le point d’accès chez Stripe, ou les "
        "clés.",
        "payments_processedevent_changelist",
    ),
    "stray_money": Words(
        "Argent sans paiement",
        "De l’argent nomme une commande sans être le sien.",
        "voir chez Stripe qui l’a encaissé, et y rembourser.",
    ),
    "unknown_intent": Words(
        "Paiement inconnu de Stripe",
        "Stripe ne connaît pas un de nos paiements\u00a0: autres clés ou autre compte. "
        "L’essai est clos, le client peut payer de nouveau.",
        "prévenir la technique\u00a0: vérifier les clés (manage.py doctor).",
    ),
    "card_testing": Words(
        "Cartes essayées en série",
        "Beaucoup de paiements sont tentés et refusés, de plusieurs endroits. Le frein "
        "est mis pour une demi-heure, prolongée tant que cela dure\u00a0: qui n’a pas "
        "prouvé son adresse reçoit un lien pour payer.",
        "regarder les paiements refusés\u00a0; si ce sont de vrais clients, lever le "
        "frein (manage.py lift_limits --brake).",
        "payments_payment_changelist",
    ),
    "late_money": Words(
        "Payée après coup",
        "Une commande expirée a été payée après coup\u00a0: elle est payée.",
        "la traiter\u00a0; ou rembourser, si le client a renoncé.",
    ),
    "paid_twice": Words(
        "Payée deux fois",
        "Une commande a été payée deux fois.",
        "rembourser l’un des deux paiements.",
    ),
    "refund_failed": Words(
        "Remboursement échoué",
        "Un remboursement n’est pas arrivé, ou est revenu.",
        "recommencer, ou convenir d’un autre moyen avec le client.",
    ),
    "dispute_due": Words(
        "Litige bientôt perdu",
        "Moins de 48 heures pour répondre à la banque. Sans réponse, le litige est "
        "perdu.",
        "répondre maintenant, chez Stripe.",
        "payments_dispute_changelist",
    ),
    "fraud_warning": Words(
        "Soupçon de fraude",
        "Le réseau de la carte s’attend à un litige\u00a0; la commande est bloquée.",
        "rembourser tout de suite\u00a0; ou, si vous connaissez le client, débloquer.",
        "payments_fraudwarning_changelist",
    ),
    "invoice_without_payment": Words(
        "Facture payée autrement",
        "Une période est payée par un avoir, à la main ou pour une autre somme. Aucune "
        "commande n’a été créée.",
        "comparer chez Stripe\u00a0; y rembourser, ou livrer et le noter.",
        "payments_invoice_changelist",
    ),
    "invoice_not_final": Words(
        "Facture bloquée",
        "Stripe ne peut pas établir la facture d’une période.",
        "Stripe dit pourquoi sur la page de la facture\u00a0; l’y finaliser.",
        "payments_invoice_changelist",
    ),
    "subscription_mismatch": Words(
        "Abonnement en désaccord",
        "Stripe parle d’un autre client ou d’un autre mode que notre abonnement.",
        "comparer les deux\u00a0; arrêter chez Stripe celui qui est faux.",
        "payments_subscription_changelist",
    ),
    "stray_subscription": Words(
        "Abonnement étranger",
        "Un abonnement à notre prix, que la boutique n’a pas créé\u00a0: ses paiements "
        "ne feraient aucune commande.",
        "l’arrêter chez Stripe, puis l’ouvrir par la boutique.",
        "payments_subscription_changelist",
    ),
}
# What lasts, and is found by payments/monitoring.
CONDITIONS = {
    "failure_rate": Words(
        "Trop de paiements refusés",
        "La part des paiements refusés dépasse le seuil (FAILURE_RATE_THRESHOLD).",
        "regarder les codes de refus. Un même code partout\u00a0: voir l’état de "
        "Stripe. Beaucoup d’adresses, de petites commandes\u00a0: quelqu’un essaie des "
        "cartes volées.",
        "payments_payment_changelist?status__in=cancelled,failed",
    ),
    "average_amount": Words(
        "Montants inhabituels",
        "Le montant moyen des derniers paiements dépasse le seuil "
        "(MAX_AMOUNT_THRESHOLD). Les prix viennent du catalogue\u00a0: l’un d’eux est "
        "peut-être faux.",
        "vérifier les prix du catalogue, puis les paiements. S’ils sont justes, "
        "relever le seuil.",
        "payments_payment_changelist?status__exact=completed",
    ),
    "webhook_silence": Words(
        "Stripe ne nous dit plus rien",
        "Des paiements ont abouti sans que Stripe nous prévienne\u00a0; nous l’avons "
        "su en demandant. Rien n’est perdu, mais tout est plus lent.",
        "prévenir la technique\u00a0: manage.py doctor dit si l’adresse, les "
        "événements ou le secret du webhook sont en cause.",
        "payments_processedevent_changelist",
    ),
    "failed_events": Words(
        "Événements en échec",
        "Ce que Stripe nous a dit et que nous n’arrivons pas à traiter.",
        "lire l’erreur sur la page de l’événement, la faire réparer, puis rejouer.",
        "payments_processedevent_changelist?processed__exact=0",
    ),
    "stripe_error": Words(
        "Erreur de l’API de Stripe",
        "Stripe n’a pas répondu, ou a rejeté notre demande. Tant que cela dure, des "
        "clients ne peuvent pas payer\u00a0; leurs commandes sont gardées.",
        "AuthenticationError, PermissionError\u00a0: vérifier les clés (manage.py "
        "doctor). APIConnectionError, APIError\u00a0: voir l’état de Stripe et notre "
        "réseau. RateLimitError\u00a0: quelqu’un essaie peut-être des cartes volées. "
        "InvalidRequestError, IdempotencyError\u00a0: une erreur de notre code, "
        "prévenir la technique avec le numéro de requête.",
        ALARMS,
    ),
    "drift": Words(
        "Les comptes ne concordent pas avec Stripe",
        "Le dernier rapprochement a laissé des écarts qu’il ne peut pas réparer.",
        "ouvrir le rapprochement et décider de chaque écart.",
        "payments_reconcilerun_changelist",
    ),
    "reconcile_silence": Words(
        "Le rapprochement n’a plus lieu",
        "Nos comptes ne sont plus comparés avec ceux de Stripe, ce qui se fait toutes "
        "les cinq minutes.",
        "prévenir la technique\u00a0: le travail de fond est bloqué, ou s’interrompt.",
        "payments_reconcilerun_changelist",
    ),
    "dispute_last_call": Words(
        "Litige sans réponse\u00a0: dernier rappel",
        "La banque décidera bientôt sans nous, et le litige sera perdu.",
        "répondre maintenant, chez Stripe.",
        "payments_dispute_changelist",
    ),
    "fraud_untouched": Words(
        "Soupçons de fraude sans réponse",
        "Personne n’a décidé depuis un jour\u00a0: ni remboursé, ni débloqué. Un "
        "litige va suivre, avec ses frais.",
        "rembourser\u00a0; ou, si vous connaissez le client, débloquer.",
        "payments_fraudwarning_changelist?actionable__exact=1",
    ),
    "holds_waiting": Words(
        "Commandes bloquées sans décision",
        "Des commandes attendent depuis un jour qu’une personne compare nos comptes "
        "avec ceux de Stripe.",
        "comparer, puis rembourser chez Stripe ou débloquer.",
        "orders_order_changelist?is_on_hold__exact=1",
    ),
    "dead_letters": Words(
        "Messages abandonnés",
        "Des e-mails ou des alertes ont été essayés pendant trois jours, puis "
        "abandonnés.",
        "réparer la cause (l’erreur est sur le message), puis les renvoyer.",
        f"outbox_message_changelist?sent_at__isnull=True&attempts__gte={MAX_ATTEMPTS}",
    ),
    "messages_waiting": Words(
        "Des e-mails ne partent pas",
        "Des messages attendent depuis une demi-heure\u00a0: le serveur de mail ou la "
        "messagerie d’alerte ne les prend pas.",
        "prévenir la technique\u00a0: manage.py doctor essaie le serveur de mail. Les "
        "messages repartiront d’eux-mêmes.",
        "outbox_message_changelist?sent_at__isnull=True",
    ),
    "queue_backlog": Words(
        "Le travail de fond prend du retard",
        "Trop de tâches attendent (QUEUE_BACKLOG_THRESHOLD).",
        "prévenir la technique\u00a0: une tâche est lente, ou le travail de fond "
        "manque de bras.",
        ALARMS,
    ),
}
WORDS = EVENTS | CONDITIONS
LABELS = {
    "code": "Code",
    "due_by": "Répondre avant le (UTC)",
    "ended": "Paiements terminés",
    "failed": "Refusés",
    "fraud_type": "Soupçon",
    "had_succeeded": "Avait réussi",
    "invoice": "Facture",
    "minutes": "Depuis (minutes)",
    "number": "Nombre",
    "order": "Commande",
    "problem": "Détail",
    "rate": "Taux de refus",
    "reason": "Motif",
    "refund": "Remboursement",
    "request": "Requête chez Stripe",
    "since": "Depuis le (UTC)",
    "status": "Réponse HTTP",
    "subscription": "Abonnement",
    "top_code": "Code le plus fréquent",
    "type": "Type",
    "window": "Sur les dernières minutes",
}


def words_for(kind: str) -> Words:
    """Stripe may name new states of a dispute: they are disputes."""
    if kind in WORDS:
        return WORDS[kind]
    return DISPUTE if kind.startswith("dispute_") else UNKNOWN


def label_of(fact: str) -> str:
    return LABELS.get(fact, fact)
