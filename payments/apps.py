from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "payments"
    verbose_name = "Paiements"

    def ready(self) -> None:
        # What registers itself: deliverers of messages and handlers of events.
        from payments import checks, notifications, privacy  # noqa: F401
        from payments.actions import close_payment  # noqa: F401
        from payments.alerts import telling  # noqa: F401
        from payments.defence import declines  # noqa: F401
        from payments.metrics import stripe_calls  # noqa: F401
        from payments.monitoring import stripe_errors  # noqa: F401
        from payments.unpaid import mailing  # noqa: F401
        from payments.views import my_awaited_orders, my_subscriptions  # noqa: F401
        from payments.webhooks import (  # noqa: F401
            disputes,
            intents,
            refunds,
            subscriptions,
        )
