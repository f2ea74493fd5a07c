"""How webhooks are sent: on or off, how patiently, how many at once."""

from dataclasses import asdict, dataclass

from payments.sandbox.store import STORE


@dataclass(frozen=True)
class WebhookSettings:
    """Waits are sandbox seconds; `timeout_s` is the machine's."""

    enabled: bool = True
    workers: int = 1
    first_wait_s: float = 1
    max_wait_s: float = 60
    give_up_after_s: float = 1800
    max_attempts: int = 100
    timeout_s: float = 10

    def wait_after(self, attempts: int) -> float:
        """1, 2, 4, 8 … seconds, never more than the longest wait."""
        doubled = self.first_wait_s * float(2 ** min(attempts - 1, 30))
        return min(doubled, self.max_wait_s)


def webhook_settings() -> WebhookSettings:
    return WebhookSettings(**(STORE.get("_setting", "webhooks") or {}))


def save_webhook_settings(settings: WebhookSettings) -> None:
    STORE.put("_setting", "webhooks", asdict(settings))
