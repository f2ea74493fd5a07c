def why_not_reached(error: OSError) -> str:
    """The kind of failure, also of one that urllib has wrapped."""
    reason = getattr(error, "reason", error)
    return type(reason if isinstance(reason, Exception) else error).__name__
