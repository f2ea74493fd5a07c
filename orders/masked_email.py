def masked_email(email: str) -> str:
    """alice@example.org -> a…@example.org: to recognise it, not to write to it."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
