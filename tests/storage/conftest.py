"""An S3 on loopback, and a shop that keeps its uploads in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from lumira.settings.storage import private_storage

BUCKET, PREFIX = "lumira-private", "shop/one"
REGION = "eu-west-3"


@dataclass(frozen=True)
class Bucket:
    """The bucket as its owner sees it."""

    client: Any
    endpoint: str

    def names(self) -> list[str]:
        listed = self.client.list_objects_v2(Bucket=BUCKET)
        return [item["Key"] for item in listed.get("Contents", [])]

    def head(self, name: str) -> dict[str, Any]:
        return dict(self.client.head_object(Bucket=BUCKET, Key=name))

    def bytes_of(self, name: str) -> bytes:
        body = self.client.get_object(Bucket=BUCKET, Key=name)["Body"]
        return bytes(body.read())

    def grants(self, name: str) -> list[str]:
        """Who may do something with it: "" is the owner."""
        acl = self.client.get_object_acl(Bucket=BUCKET, Key=name)
        return [grant["Grantee"].get("URI", "") for grant in acl["Grants"]]


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """An empty bucket. No proxy and no credentials of this machine are asked."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    client = boto3.client("s3", endpoint_url=s3_address, region_name=REGION)
    where = {"LocationConstraint": REGION}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
    yield Bucket(client, s3_address)
    for item in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=item["Key"])
    client.delete_bucket(Bucket=BUCKET)


@pytest.fixture
def s3_uploads(bucket: Bucket, settings: Settings) -> Bucket:
    """The shop's private uploads are in the bucket."""
    address = (
        f"s3://{BUCKET}/{PREFIX}?region={REGION}&endpoint={bucket.endpoint}"
        "&encryption=AES256"
    )
    settings.STORAGES = {**settings.STORAGES, "default": private_storage(address)}
    return bucket
