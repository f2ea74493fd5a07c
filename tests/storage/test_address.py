"""MEDIA_URL_STORAGE: what is understood of it. Wrong ones stop the start."""

import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lumira.settings.storage import private_storage
from tests.lumira.starting import run

AES = {"ServerSideEncryption": "AES256"}


def test_a_bucket_alone_is_enough() -> None:
    kept = private_storage("s3://lumira-private")

    assert kept["BACKEND"] == "lumira.private_s3.PrivateS3Storage"
    assert kept["OPTIONS"] == {
        "bucket_name": "lumira-private",
        "location": "",
        "region_name": None,
        "endpoint_url": None,
        "object_parameters": AES,
    }


def test_everything_can_be_said() -> None:
    options = private_storage(
        "s3://lumira-private/shop/one/"
        "?region=eu-west-3&endpoint=https%3A%2F%2Fs3.example&encryption=aws:kms"
    )["OPTIONS"]

    assert options == {
        "bucket_name": "lumira-private",
        "location": "shop/one",
        "region_name": "eu-west-3",
        "endpoint_url": "https://s3.example",
        "object_parameters": {"ServerSideEncryption": "aws:kms"},
    }


def test_another_service_is_not_asked_to_encrypt_unless_it_is_said() -> None:
    plain = private_storage("s3://bucket?endpoint=http://127.0.0.1:9000")
    asked = private_storage(
        "s3://bucket?endpoint=http://127.0.0.1:9000&encryption=AES256"
    )

    assert plain["OPTIONS"]["object_parameters"] == {}
    assert asked["OPTIONS"]["object_parameters"] == AES


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3://a",
        "s3:///folder",
        "s3://Capital-Letters",
        "s3://key:secret@bucket",
        "s3://bucket?acl=public-read",
        "s3://bucket?region=",
        "s3://bucket?nonsense",
        "s3://bucket?endpoint=s3.example",
        "s3://bucket?endpoint=https://key:secret@s3.example",
        "s3://bucket?endpoint=https://s3.example/bucket",
        "s3://bucket?encryption=rot13",
        "s3://bucket#folder",
        "gs://bucket",
        "var/private",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        private_storage(address)

    assert str(refused.value).startswith("MEDIA_URL_STORAGE: ")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "expected"), [("s3://bucket", "True"), ("file://var/private", "False")]
)
def test_boto_is_imported_only_for_a_bucket(
    tmp_path: Path, address: str, expected: str
) -> None:
    code = (
        "import django, sys; django.setup(); "
        "from django.core.files.storage import default_storage as storage; "
        "storage.exists; print('boto3' in sys.modules)"
    )

    done = run(
        tmp_path,
        code,
        DJANGO_SETTINGS_MODULE="lumira.settings",
        MEDIA_URL_STORAGE=address,
    )

    assert done.stdout.split() == [expected], done.stderr
    assert sys.executable
