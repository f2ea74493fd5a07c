"""A request as a web server hands it over, without a client that would mend it."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

# lumira.wsgi would count as one more web process.
application = WSGIHandler()


@dataclass(frozen=True, slots=True)
class Told:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """`announced` is the Content-Length: of the body, unless it lies."""

    path: str
    body: bytes = b""
    method: str = "POST"
    announced: str | None = None
    query: str = ""
    # By their CGI names. A header that is sent twice is joined by a comma.
    headers: dict[str, str] = field(default_factory=dict)

    def send(self) -> Told:
        announced = str(len(self.body)) if self.announced is None else self.announced
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "CONTENT_LENGTH": announced,
            "CONTENT_TYPE": "application/json; charset=utf-8",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **self.headers,
        }
        statuses: list[str] = []
        answer = application(environ, lambda status, *_rest: statuses.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        return Told(int(statuses[-1].split()[0]), body)
