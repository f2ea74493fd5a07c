from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from lumira.kit.readonly_admin import ReadOnlyAdmin, badge, short_moment
from lumira.outbox.models import Message
from lumira.outbox.sending import send_again
from lumira.outbox.topics import topics


class TopicFilter(admin.SimpleListFilter):
    """From what there may be: to look what there is would read every message."""

    title = "sujet"
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(topic, topic) for topic in topics()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Message]
    ) -> QuerySet[Message]:
        return queryset.filter(topic=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    list_display = ("key", "topic", "created", "state", "attempts", "last_error")
    list_filter = (TopicFilter,)
    search_fields = ("key",)
    search_help_text = "Clé entière, ou identifiant de la commande"
    ordering = ("-created_at",)
    fields = (
        ("topic", "key"),
        "payload",
        ("state", "attempts"),
        "last_error",
        ("created", "due"),
        "sent",
    )

    actions = ("resend",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """The whole key: a part of it would mean reading every message."""
        if term := search_term.strip():
            queryset = queryset.filter(Q(key=term) | Q(about=term))
        return queryset, False

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.resend_message")

    @admin.action(description="Envoyer maintenant", permissions=["resend"])
    def resend(self, request: HttpRequest, messages: QuerySet[Message]) -> None:
        """Also what was given up. What was sent is not sent again."""
        ids = list(messages.filter(sent_at=None).values_list("pk", flat=True))
        by = request.user.get_username()
        sent = sum(send_again(message_id, by=by) for message_id in ids)
        self.message_user(request, f"{sent} envoyé(s) sur {len(ids)}.")

    @admin.display(description="état")
    def state(self, message: Message) -> SafeString:
        if message.was_unneeded and message.sent_at:
            return badge("Sans objet")
        if message.sent_at:
            return badge("Envoyé", "success")
        if message.is_given_up:
            return badge("Abandonné", "danger")
        return (
            badge("À réessayer", "warning")
            if message.last_error
            else badge("À envoyer")
        )

    @admin.display(description="créé le", ordering="created_at")
    def created(self, message: Message) -> str:
        return short_moment(message.created_at)

    @admin.display(description="à envoyer à partir de")
    def due(self, message: Message) -> str:
        return short_moment(message.due_at)

    @admin.display(description="envoyé le", ordering="sent_at")
    def sent(self, message: Message) -> str:
        return short_moment(message.sent_at)
