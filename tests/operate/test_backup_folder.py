"""A backup is complete and as it was written, or it is refused."""

import json
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from pytest_django import Settings

from lumira.backup.manifest import read_manifest, write_manifest
from lumira.backup.write_backup import BackupUnderWay, write_backup
from orders.models import OrderFile
from tests.factories.orders import make_order
from tests.operate.elsewhere import elsewhere

pytestmark = pytest.mark.django_db(transaction=True)


def silent(line: str) -> None:
    pass


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def made(shelf: Path) -> Path:
    picture = OrderFile(order=make_order(), mimetype="image/jpeg", size=3)
    picture.file.save("", ContentFile(b"red"))
    return write_backup(shelf, say=silent)


def check(folder: Path) -> None:
    call_command("restore", str(folder), check=True)


def backups(shelf: Path) -> list[str]:
    return sorted(path.name for path in shelf.iterdir() if path.is_dir())


def test_a_fresh_backup_is_as_it_was_written(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(made)

    said = capsys.readouterr().out
    assert "1 files" in said
    assert "orders.Order amount eur pending: 7900" in said


def test_only_its_owner_reads_it(made: Path) -> None:
    modes = {path.stat().st_mode for path in [made.parent, made, *made.rglob("*")]}

    assert {stat.S_IMODE(mode) for mode in modes} == {0o700, 0o600}


def test_sha256sum_checks_it_without_us(made: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made, check=False
    )

    assert done.returncode == 0


def shorten_rows(folder: Path) -> None:
    rows = folder / "rows.jsonl.gz"
    rows.write_bytes(rows.read_bytes()[:-1])


def paint_over(folder: Path) -> None:
    [picture] = (folder / "files/orders").iterdir()
    picture.write_bytes(b"blu")


def lose_picture(folder: Path) -> None:
    [picture] = (folder / "files/orders").iterdir()
    picture.unlink()


def smuggle(folder: Path) -> None:
    (folder / "files/orders/new").write_bytes(b"new")


def say_other_sums(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["tables"]["orders.Order"]["sums"] = {}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (shorten_rows, "rows.jsonl.gz was changed"),
        (paint_over, "was changed"),
        (lose_picture, "is gone"),
        (smuggle, "was added"),
        (say_other_sums, "manifest.json was changed"),
        (lambda folder: (folder / "manifest.json").unlink(), "not a backup"),
        (lambda folder: (folder / "SHA256SUMS").write_text(""), "SHA256SUMS was"),
    ],
)
def test_what_was_changed_is_refused(
    made: Path, change: Callable[[Path], None], said: str
) -> None:
    change(made)

    with pytest.raises(CommandError, match=said):
        check(made)


def test_without_its_key_it_is_refused_and_beside_a_new_key_it_is_read(
    made: Path, settings: Settings
) -> None:
    old = settings.ENCRYPTION_KEYS[0]
    new = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new]

    with pytest.raises(CommandError, match="put the missing"):
        check(made)

    settings.ENCRYPTION_KEYS = [new, old]
    check(made)


def test_another_release_is_refused_before_a_row_is_written(
    made: Path, tmp_path: Path
) -> None:
    manifest = read_manifest(made)
    write_manifest(made, replace(manifest, migrations={"orders": "0001_initial"}))

    with elsewhere(tmp_path) as shop:
        done = shop.manage("restore", str(made))
        rows = shop.rows()

    assert done.returncode == 1
    assert "Another release" in done.stderr
    assert rows["orders.order"] == []


def test_a_failure_leaves_no_half_backup(
    shelf: Path, settings: Settings, tmp_path: Path
) -> None:
    picture = OrderFile(order=make_order(), mimetype="image/jpeg", size=3)
    picture.file.save("", ContentFile(b"red"))
    OrderFile.objects.update(file="../outside")

    with pytest.raises(Exception, match="outside"):
        write_backup(shelf, say=silent)

    assert backups(shelf) == []


def test_two_at_once_are_one(shelf: Path) -> None:
    """The second begins while the first says what it misses."""
    OrderFile.objects.create(
        order=make_order(), file="orders/gone", mimetype="image/jpeg", size=1
    )
    refused = []

    def begin_another(line: str) -> None:
        with pytest.raises(BackupUnderWay):
            write_backup(shelf, say=silent)
        refused.append(line)

    write_backup(shelf, say=begin_another)

    assert refused == ["missing: orders/gone"]
    assert len(backups(shelf)) == 1


def test_old_ones_are_removed_when_the_new_one_is_there(shelf: Path) -> None:
    names = [write_backup(shelf, say=silent).name for _time in range(3)]

    call_command("backup", str(shelf), keep=2)

    kept = backups(shelf)
    assert len(kept) == 2
    assert kept[0] == names[-1]


def test_it_is_rehearsed(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_order()

    call_command("backup", str(shelf), rehearse=True)

    assert "Restored for rehearsal" in capsys.readouterr().out
    assert len(backups(shelf)) == 1
