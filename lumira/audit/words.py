"""The journal in French. An action or a field without a word is shown as it is."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

# Names only: nothing here imports the floors that do these things.
ACTIONS = {
    "order.assigned": "Commande attribuée",
    "order.claimed": "Commande prise",
    "order.released": "Commande débloquée",
    "orders.exported": "Commandes exportées",
    "payments.exported": "Paiements exportés",
    "refunds.exported": "Remboursements exportés",
    "reading.written": "Lecture écrite",
    "reading.submitted": "Lecture envoyée en validation",
    "reading.approved": "Lecture approuvée",
    "reading.rejected": "Lecture refusée",
    "reading.handed_over": "Lecture remise",
    "refund.requested": "Remboursement demandé",
    "reconcile.asked": "Rapprochement lancé",
    "event.replayed": "Événement rejoué",
    "customer.exported": "Données d’un client exportées",
    "customer.erased": "Client effacé",
    "order.email_corrected": "Adresse d’un client corrigée",
    "retention.purged": "Données arrivées à échéance effacées",
    "message.resent": "Message renvoyé",
    "limits.lifted": "Pause de paiement levée",
    "limits.brake_lifted": "Frein contre les essais de cartes levé",
    "staff.signed_in": "Connexion",
    "staff.signed_out": "Déconnexion",
    "staff.locked_out": "Connexion bloquée",
    "staff.unlocked": "Connexion débloquée",
    "staff.password_set": "Mot de passe donné",
    "staff.password_changed": "Mot de passe changé",
    "staff.second_factor_set": "Second facteur enregistré",
    "staff.second_factor_replaced": "Second facteur remplacé",
    "staff.second_factor_reset": "Second facteur réinitialisé",
    "staff.recovery_codes_renewed": "Codes de secours renouvelés",
}
THINGS = {
    "service": "Service",
    "expert": "Expert",
    "user": "Personne",
    "group": "Rôle",
}
# What an action says beside the fields of what it is about.
SAID = {
    "attachments": "pièces jointes",
    "by": "par",
    "holds": "blocages",
    "locked": "bloqué",
    "answers": "réponses",
    "attempts": "essais de connexion",
    "cache": "cache",
    "customers": "clients",
    "events": "événements",
    "messages": "messages",
    "orders": "commandes",
    "problem": "problème",
    "reason": "motif",
    "revision": "révision",
    "rows": "lignes",
    "second_factor": "second facteur",
    "sessions": "sessions",
    "stray_files": "fichiers sans propriétaire",
    "unpaid": "commandes jamais payées",
}
VERBS = {"added": "ajout", "changed": "modification", "deleted": "suppression"}
SUBSCRIPTION_ACTS = {
    "stop_later": "Arrêt à l’échéance",
    "resume": "Reprise de l’abonnement",
    "stop_now": "Arrêt immédiat de l’abonnement",
    "move_price": "Nouveau prix de l’abonnement",
    "look": "Abonnement relu chez Stripe",
}
ENDS = {"asked": "demandé", "done": "fait", "failed": "sans effet"}
for _act, _name in SUBSCRIPTION_ACTS.items():
    for _end, _word in ENDS.items():
        ACTIONS[f"subscription.{_act}.{_end}"] = f"{_name} : {_word}"
for _thing, _name in THINGS.items():
    for _verb, _word in VERBS.items():
        ACTIONS[f"{_thing}.{_verb}"] = f"{_name} : {_word}"


def word_for_action(action: str) -> str:
    return ACTIONS.get(action, action)


def model_of(about_type: str) -> type[Model] | None:
    """The model "orders.order" names; None once it is gone."""
    try:
        return apps.get_model(about_type)
    except (LookupError, ValueError):
        return None


def field_of(model: type[Model] | None, name: str) -> Any:
    """None for what is no field (any more): a name that an action chose."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def word_for_field(model: type[Model] | None, name: str) -> str:
    return str(getattr(field_of(model, name), "verbose_name", SAID.get(name, name)))


def word_for_value(value: Any, model: type[Model] | None = None, name: str = "") -> str:
    """A state by its label, where the field has a table of them."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        labels = dict(getattr(field_of(model, name), "flatchoices", ()))
        return str(labels.get(value, value)) or "-"
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(word_for_value(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {word_for_value(value[key])}" for key in value)
    return str(value)
