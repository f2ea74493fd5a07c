from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "lumira.outbox"
    label = "outbox"
    verbose_name = "Boîte d’envoi"
