from datetime import timedelta
from logging.config import dictConfig
from typing import Any

from gunicorn.glogging import Logger

from lumira.kit.log_context import about
from lumira.request_ids import HEADER
from lumira.settings import LOGGING


class AccessLog(Logger):
    """gunicorn's lines in the shape of all others, one for each request.

    Nobody's address, and the path alone: a return address carries a client secret in
    its query. Like every line it is filtered, which cuts ids in paths short.
    """

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        # The process that holds the workers never comes to Django's own set-up.
        dictConfig(LOGGING)
        for log in (self.error_log, self.access_log):
            log.handlers = [one for one in log.handlers if not _is_gunicorns(one)]
            log.propagate = True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """gunicorn names the sender of what it cannot read, and quotes it."""
        if str(msg).startswith("Invalid request from "):
            msg, args = "Invalid request", ()
        super().warning(msg, *args, **kwargs)

    def access(
        self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta
    ) -> None:
        if not self.access_log_enabled:
            return
        headers = {name.lower(): value for name, value in resp.headers}
        with about(
            request_id=headers.get(HEADER.lower()),
            status=int(str(resp.status).split()[0]),
            bytes=getattr(resp, "sent", 0) or 0,
            duration_ms=round(request_time.total_seconds() * 1000),
        ):
            method, path = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO")
            self.access_log.info("%s %s", method, path)


def _is_gunicorns(handler: Any) -> bool:
    return bool(getattr(handler, "_gunicorn", False))
