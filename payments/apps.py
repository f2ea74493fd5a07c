from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = "Paiements"

    def ready(self) -> None:
        # What registers itself: event handlers and deliverers of messages.
        from payments import alerts  # noqa: F401
        from payments.webhooks import intents  # noqa: F401
