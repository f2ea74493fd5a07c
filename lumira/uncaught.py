"""What nobody caught ends in the log like all else: in one line, without values."""

import logging
import sys
import threading
from types import TracebackType

logger = logging.getLogger(__name__)


def log_uncaught() -> None:
    """From now on, in this process. A repeat changes nothing."""
    sys.excepthook = _in_the_process
    threading.excepthook = _in_a_thread


def _in_the_process(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logger.critical("Uncaught: the process ends", exc_info=(kind, error, trace))


def _in_a_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        found = (told.exc_type, told.exc_value, told.exc_traceback)
        logger.critical("Uncaught: a thread ends", exc_info=found)
