"""Whether a line of an operator's file would run."""

import shlex
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)


def assert_runs(line: str | list[str]) -> None:
    """`python -m MODULE`, `python manage.py COMMAND OPTIONS…` or `python FILE`."""
    program, *words = shlex.split(line) if isinstance(line, str) else line
    assert Path(program).name == "python", line
    if words[0] == "-m":
        assert find_spec(words[1]), line
    elif words[0] == "manage.py":
        name, *options = words[1:]
        command = load_command_class(get_commands()[name], name)
        # Raises CommandError for an option that it does not have.
        command.create_parser("manage.py", name).parse_args(options)
    else:
        assert (ROOT / words[0]).is_file(), line


def known_variables() -> set[str]:
    """The names in .env.example, whether they stand behind a # or not."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    names = {line.lstrip("#").partition("=")[0] for line in lines if "=" in line}
    return {name for name in names if name.isupper()}
