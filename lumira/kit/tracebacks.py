"""What is said of an exception: where it happened and its kind, never its values."""

import traceback

OURS = ("lumira.", "orders.", "payments.")
# Their texts are about code and machines. Others quote what they were given: a row,
# an address, what somebody typed.
SPEAKS_OF_CODE = {
    *(
        f"builtins.{name}"
        for name in (
            "AttributeError",
            "ConnectionRefusedError",
            "ConnectionResetError",
            "FileNotFoundError",
            "ImportError",
            "MemoryError",
            "ModuleNotFoundError",
            "NameError",
            "NotImplementedError",
            "PermissionError",
            "RecursionError",
            "TimeoutError",
            "TypeError",
            "UnboundLocalError",
        )
    ),
    "django.core.exceptions.ImproperlyConfigured",
    "django.db.utils.OperationalError",
    "django.template.exceptions.TemplateDoesNotExist",
    "django.template.exceptions.TemplateSyntaxError",
}


def may_be_quoted(kind: str) -> bool:
    """Whether the text of an exception of this kind (module and name) holds no data."""
    return kind in SPEAKS_OF_CODE or kind.startswith(OURS)


def described(error: BaseException) -> str:
    """The traceback with source lines, without locals and without foreign texts."""
    parts = []
    for one, link in _chain(error):
        parts.append(link)
        parts += traceback.format_list(traceback.extract_tb(one.__traceback__))
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        text = str(one) if may_be_quoted(kind) else "(its text may quote data)"
        parts.append(f"{kind.removeprefix('builtins.')}: {text}\n")
    return "".join(parts).strip()


def _chain(error: BaseException) -> list[tuple[BaseException, str]]:
    """The oldest cause first, as Python prints it; each with what links it."""
    found: list[tuple[BaseException, str]] = []
    one: BaseException | None = error
    while one is not None and all(one is not known for known, _ in found):
        hidden = one.__suppress_context__ and one.__cause__ is None
        found.append((one, "Then:\n" if (one.__cause__ or one.__context__) else ""))
        one = one.__cause__ or (None if hidden else one.__context__)
    oldest, _ = found[-1]
    return [*[(oldest, "")], *reversed(found[:-1])]
