"""Ask the doctor: the whole, as an operator does, or for one look."""

from io import StringIO

from django.core.management import call_command

from payments.doctor.finding import Check, Finding


def findings(*checks: Check) -> list[Finding]:
    """What these looks find, one after the other."""
    return [finding for check in checks for finding in check()]


def only(check: Check) -> Finding:
    [found] = check()
    return found


def levels(check: Check) -> list[str]:
    return [finding.level.value for finding in check()]


def ask(*arguments: str) -> tuple[str, int]:
    """What it prints, and its exit code."""
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0
