from django.contrib import admin

from lumira.kit.readonly_admin import ReadOnlyAdmin
from lumira.outbox.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    list_display = ("topic", "key", "created_at", "sent_at", "attempts", "last_error")
    list_filter = ("topic",)
    search_fields = ("key",)
    ordering = ("-created_at",)
