import pytest
import stripe


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stripe's SDK repeats its calls at once instead of after half a second."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.002)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.002)
