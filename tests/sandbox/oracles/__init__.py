"""Judges of the sandbox's honesty that we did not write: the SDK's own types."""
