"""A stand-in for Stripe, for development and tests: its own process, its own world.

README.md lists what it honours and where it differs from the real one.
"""
