from tests.payments.canned_stripe import canned

__all__ = ["canned"]
