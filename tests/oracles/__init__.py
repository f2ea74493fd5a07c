"""Judges of payments that we did not write: the SDK's types, Node's types, the CLI."""
