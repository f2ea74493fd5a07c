"""Everything that is looked at, in the order in which one thing rests on another."""

from collections.abc import Iterator

from lumira.health import is_database_there
from payments.doctor import (
    account,
    database,
    encryption,
    files,
    mail,
    site,
    webhook,
    work,
)
from payments.doctor.finding import Check, Finding, wrong

ALONE: tuple[Check, ...] = (
    site.check_settings,
    site.check_maintenance,
    site.check_address,
    files.check_static_files,
    files.check_private_storage,
    files.check_disk,
    mail.check_mail,
    work.check_queue,
    work.check_worker,
    account.check_key,
    account.check_account,
    account.check_rights,
    webhook.check_endpoint,
    webhook.check_address,
)
IN_THE_DATABASE: tuple[Check, ...] = (
    database.check_migrations,
    database.check_transactions,
    database.check_durability,
    database.check_clock,
    encryption.check_encryption,
    webhook.check_arrival,
    work.check_events,
    work.check_reconcile,
    work.check_messages,
    work.check_alarms,
)


def examine() -> Iterator[Finding]:
    """Look at everything. What cannot be looked at hides nothing else."""
    for check in ALONE:
        yield from _findings_of(check)
    yield from _findings_of(database.check_connection)
    if is_database_there():
        for check in IN_THE_DATABASE:
            yield from _findings_of(check)


def _findings_of(check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:
        # Not its text: addresses of databases and queues carry passwords.
        yield wrong(
            check.__name__.removeprefix("check_").replace("_", " "),
            f"could not be looked at ({type(error).__name__})",
            "see the lines above; if they are fine, this is a mistake of doctor's.",
        )
