"""Tell the people who run the shop that something about money needs them."""

from payments.alerts.raising import raise_alert

__all__ = ["raise_alert"]
