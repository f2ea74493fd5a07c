import logging

from lumira.kit.log_lines import unfiltered_formatter


class Ears(logging.Handler):
    """Counts the lines; keeps those with the forbidden word, or a traceback."""

    def __init__(self, forbidden: str, *, failures_too: bool) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(unfiltered_formatter())
        self.forbidden = forbidden
        self.failures_too = failures_too
        self.heard = 0
        self.too_much: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        line = self.format(record)
        is_failure = self.failures_too and record.levelno >= logging.ERROR
        if is_failure or record.exc_info or self.forbidden in line:
            self.too_much.append(line)

    def __enter__(self) -> "Ears":
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_problem: object) -> None:
        logging.getLogger().removeHandler(self)
