import io

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from lumira.kit.ranged_file import ranged_file

CONTENT = bytes(range(256)) * 1000


def ask(header: str, content: bytes = CONTENT) -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Range": header} if header else {})
    return ranged_file(
        request,
        io.BytesIO(content),
        size=len(content),
        content_type="audio/mpeg",
        filename="lecture.mp3",
    )


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)


def test_without_a_range_the_whole_file_comes() -> None:
    answer = ask("")

    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer["Content-Length"] == "256000"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Type"] == "audio/mpeg"
    assert answer["Content-Disposition"] == 'inline; filename="lecture.mp3"'


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, 255_999),
        ("bytes=100000-199999", 100_000, 199_999),
        ("bytes=255999-", 255_999, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=-999999", 0, 255_999),
        ("bytes=250000-999999", 250_000, 255_999),
    ],
)
def test_a_part_is_what_was_asked_for(header: str, first: int, last: int) -> None:
    answer = ask(header)

    assert answer.status_code == 206
    assert body(answer) == CONTENT[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/256000"
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "header", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"]
)
def test_a_part_that_is_not_there_is_416(header: str) -> None:
    answer = ask(header)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */256000")


def test_nothing_is_part_of_an_empty_file() -> None:
    assert ask("bytes=0-", b"").status_code == 416
    assert body(ask("", b"")) == b""


@pytest.mark.parametrize(
    "header", ["bytes=-", "bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "x"]
)
def test_what_is_no_single_range_is_the_whole_file(header: str) -> None:
    answer = ask(header)

    assert (answer.status_code, body(answer)) == (200, CONTENT)


@pytest.mark.django_db  # the end of an answer has Django look at its connections
def test_the_file_is_closed_with_the_answer() -> None:
    file = io.BytesIO(CONTENT)
    answer = ranged_file(
        RequestFactory().get("/"),
        file,
        size=len(CONTENT),
        content_type="application/pdf",
        filename="pièce « 1 ».pdf",
        as_attachment=True,
    )

    answer.close()

    assert file.closed
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
