"""The API's document, and requests whose answers are held against it."""

import json
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.wsgi_post import application
from tests.lumira.answer import Answer

# An empty configuration: not what a file somewhere above this folder says.
DOCUMENT = schemathesis.openapi.from_wsgi(
    "/api/openapi.json", application, config=SchemathesisConfig.from_dict({})
)


def ask(method: str, path: str, *, body: Any = b"", **case: Any) -> Answer:
    """Send it, and look for its status, type and shape in the document: no 500 is.

    Bytes are sent as they are, anything else as JSON; `case` has path_parameters,
    headers and cookies.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    # Its client asks for compressed answers, and does not unpack them.
    case["headers"] = {**(case.get("headers") or {}), "Accept-Encoding": "identity"}
    asked = DOCUMENT[path][method].Case(media_type="application/json", **case)
    answer = asked.call(data=data)
    asked.validate_response(
        answer,
        checks=[
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
    return answer
