"""The one version of Stripe's API that the sandbox speaks."""

API_VERSION = "2026-10-28.endive"
