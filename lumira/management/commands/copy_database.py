import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SAID_AT_MOST = 20


class Command(BaseCommand):
    help = (
        "Move a shop from one database to another (SQLite, PostgreSQL, MongoDB), and "
        "compare every row afterwards. Stop web and worker first. The target must be "
        "empty; it is migrated here. Uploaded files, sessions and the queue are not "
        "in the database and stay where they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="source", required=True, metavar="URL")
        parser.add_argument("--to", dest="target", required=True, metavar="URL")
        parser.add_argument(
            "--compare-only", action="store_true", help="Copy nothing, compare."
        )

    def handle(
        self,
        *args: Any,
        source: str,
        target: str,
        compare_only: bool,
        **options: Any,
    ) -> None:
        if source.strip() == target.strip():
            raise CommandError("--from and --to are the same database.")
        # Each side is a process of its own: an engine changes the models' own keys.
        engines = [_run(source, "database_rows", "engine")]
        if not compare_only:
            _run(target, "migrate", "--verbosity", "0")
        engines.append(_run(target, "database_rows", "engine"))
        if not compare_only:
            count = self._copy(source, target)
            self.stdout.write(f"{count} rows copied. Comparing…")
        differing = self._compare(source, target, coarse="mongodb" in engines)
        if differing:
            for line in differing[:SAID_AT_MOST]:
                self.stderr.write(line)
            raise CommandError(
                f"{len(differing)} rows differ. Was something still writing? Empty "
                "the target and copy again."
            )
        self.stdout.write(
            self.style.SUCCESS("Every row is there, and says the same on both sides.")
        )

    def _copy(self, source: str, target: str) -> int:
        writer = _start(source, "write", stdout=subprocess.PIPE)
        reader = _start(
            target, "read", stdin=writer.stdout, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout  # noqa: S101 (it is a pipe)
        writer.stdout.close()  # ours: the reader's end tells the writer when it dies
        said, _ = reader.communicate()
        if reader.returncode:
            writer.wait()
            raise CommandError("The target did not take the rows (see above).")
        if writer.wait():
            raise CommandError(
                "The source could not be read to its end; the copy is not complete. "
                "Empty the target and copy again."
            )
        return int(said)

    def _compare(self, source: str, target: str, *, coarse: bool) -> list[str]:
        rows = _digests(source, coarse)
        differing = []
        for name, digest in _digests(target, coarse).items():
            if rows.pop(name, None) != digest:
                differing.append(f"differs or is new: {' '.join(name)}")
        return differing + [f"missing: {' '.join(name)}" for name in rows]


def _digests(url: str, coarse: bool) -> dict[tuple[str, str], str]:
    options = ["--milliseconds"] if coarse else []
    found = {}
    with _start(url, "digest", *options, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            model, key, digest = json.loads(line)
            found[model, key] = digest
    if process.returncode:
        raise CommandError("A database could not be read for the comparison.")
    return found


def _run(url: str, *words: str) -> str:
    """What `manage.py WORDS` on this database says; its complaint ends the copy."""
    done = subprocess.run(  # noqa: S603 (our own program, no shell)
        _command(*words), env=_environment(url), capture_output=True, text=True
    )
    if done.returncode:
        problem = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        # Not the URL: it carries a password.
        raise CommandError(f"{url.partition(':')[0]}: {problem[0]}")
    return done.stdout.strip()


def _start(url: str, *words: str, **pipes: Any) -> subprocess.Popen[Any]:
    command = _command("database_rows", *words)
    return subprocess.Popen(  # noqa: S603 (as above)
        command, env=_environment(url), **pipes
    )


def _command(*words: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]


def _environment(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lumira.settings",
        "PYTHONUTF8": "1",  # what goes through the pipe, whatever the terminal speaks
        "DATABASE_URL": url,
        "MONGODB_URI": "",
    }
