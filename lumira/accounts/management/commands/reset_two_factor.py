from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumira.accounts.lockout import unlock
from lumira.accounts.models import User
from lumira.accounts.two_factor import reset


class Command(BaseCommand):
    help = (
        "Take somebody's second factor away and let them try again at once: for the "
        "last administrator who is locked out. Their sessions end."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody is called {username}.")
        had_one = reset(person, by="manage.py")
        was_locked = unlock(person, by="manage.py")
        done = [
            "The second factor is reset." if had_one else "There was no second factor.",
            *(["The lockout is over."] if was_locked else []),
        ]
        self.stdout.write(" ".join(done))
