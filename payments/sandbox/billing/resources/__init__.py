"""Billing's endpoints, one module per resource."""
