"""The panel: what happened, what there is, and what a person can do to it."""
