"""What announces more than its page takes is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "megabytes", "status"),
    [
        ("/commandes/", 2, 413),
        ("/", 2, 413),
        ("/commande/", 12, 422),
        ("/commande/", 33, 413),
        ("/nowhere", 2, 413),
    ],
)
def test_only_the_order_form_takes_large_bodies(
    client: Client, address: str, megabytes: int, status: int
) -> None:
    file = SimpleUploadedFile("a.jpg", b"x" * megabytes * 1_000_000)

    answer = client.post(address, {"pictures": file})

    assert answer.status_code == status


def test_the_page_says_what_to_do(client: Client) -> None:
    file = SimpleUploadedFile("a.jpg", b"x" * 2_000_000)

    answer = client.post("/commandes/", {"pictures": file})

    assert "vos réponses sont encore dans le formulaire" in answer.content.decode()
