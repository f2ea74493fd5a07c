"""What people ask before they decide: shown on the first page, told to machines."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Question:
    asked: str | Promise
    answer: str | Promise


QUESTIONS = [
    Question(
        _("Que vais-je recevoir ?"),
        _(
            "Une lecture : un texte que votre expert écrit pour vous, à partir de "
            "votre question et de ce que vous lui confiez. Chaque consultation dit ce "
            "qui l’accompagne."
        ),
    ),
    Question(
        _("Quand vais-je la recevoir ?"),
        _(
            "Dans le délai indiqué sur la consultation, compté à partir du paiement. "
            "Un e-mail vous prévient quand votre lecture est prête."
        ),
    ),
    Question(
        _("Qui lit ce que j’écris ?"),
        _(
            "L’expert que vous choisissez et la personne qui relit sa lecture avant "
            "qu’elle ne vous soit remise. Vos réponses et vos photos sont privées, et "
            "vos réponses sont conservées chiffrées."
        ),
    ),
    Question(
        _("Et si mon paiement est refusé ?"),
        _(
            "Rien n’est perdu : votre commande est gardée. Vous pouvez réessayer, "
            "changer de carte, ou reprendre plus tard depuis « Mes commandes ». "
            "Tant que le paiement n’est pas confirmé, rien n’est dû."
        ),
    ),
    Question(
        _("Comment arrêter un abonnement ?"),
        _(
            "Depuis « Mes commandes », en ligne et sans avoir à vous expliquer. Ce qui "
            "est déjà payé vous reste acquis, et plus rien n’est prélevé ensuite."
        ),
    ),
    Question(
        _("Comment suivre ma commande ?"),
        _(
            "Sans mot de passe : indiquez votre adresse e-mail dans « Mes commandes », "
            "et nous vous envoyons un lien personnel. Vous y voyez où en est votre "
            "lecture, le montant payé et, le cas échéant, remboursé."
        ),
    ),
    Question(
        _("Une consultation remplace-t-elle un professionnel de santé ou de droit ?"),
        _(
            "Non. Elle peut nourrir votre réflexion, jamais se substituer à un "
            "médecin, un psychologue, un juriste ou un conseiller financier."
        ),
    ),
]
