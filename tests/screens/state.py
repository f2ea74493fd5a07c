"""What one page can be like, and the groups that the states come in."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.screens.stage import Stage

Arrange = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class State:
    """`arrange` brings the browser there; the rest is what is odd about the state."""

    name: str
    title: str
    arrange: Arrange
    # What the last address answers with.
    status: int = 200
    language: str = "fr"
    has_script: bool = True
    # Has a picture by night too.
    by_night: bool = False


class Group:
    """The states of one part of the shop, in the order in which they are met."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.states: list[State] = []

    def state(
        self,
        title: str,
        *,
        status: int = 200,
        language: str = "fr",
        has_script: bool = True,
        by_night: bool = False,
    ) -> Callable[[Arrange], Arrange]:
        """Decorator: the function's name is the state's, and its pictures'."""

        def add(arrange: Arrange) -> Arrange:
            name = arrange.__name__.replace("_", "-")
            self.states.append(
                State(name, title, arrange, status, language, has_script, by_night)
            )
            return arrange

        return add
