"""Stripe Billing: products, prices, subscriptions, invoices and test clocks.

README.md lists what it honours and where it differs from the real one.
"""
