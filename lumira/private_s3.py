"""Private uploads in an S3 bucket: MEDIA_URL_STORAGE=s3://bucket/prefix.

Nothing in there has an address of its own, as on a disk: views check and stream.
Imported only where such a storage is chosen.
"""

import io
import os
from typing import Any, NoReturn

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

READ_AHEAD = 64 * 1024


class _ReadFromBucket(io.RawIOBase):
    """An object's bytes, fetched from the place that is asked for.

    A player jumps within a recording: what lies before is not sent.
    """

    def __init__(self, stored: Any) -> None:
        """Raises ClientError when there is none."""
        super().__init__()
        self._stored = stored
        self._size: int = stored.content_length
        self._at = 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}
        wanted = max(start[whence] + offset, 0)
        if wanted != self._at:
            self._hang_up()
        self._at = wanted
        return wanted

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        if self._body is None:
            answer = self._stored.get(Range=f"bytes={self._at}-")
            self._body = answer["Body"]
        data: bytes = self._body.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._hang_up()
        super().close()

    def _hang_up(self) -> None:
        body, self._body = self._body, None
        if body is not None:
            body.close()


class PrivateS3Storage(S3Storage):
    """Reads in parts, gives no addresses, and does not wait for ever.

    Credentials are boto3's to find: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in
    the environment, or the machine's own role. No ACL is sent: objects are private,
    and buckets of today refuse ACLs.
    """

    def get_default_settings(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_default_settings()
        return found | {"file_overwrite": True, "default_acl": None}

    def __init__(self, **settings: Any) -> None:
        # Other services than AWS know neither buckets as host names nor its newer
        # checksums: https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
        is_elsewhere = bool(settings.get("endpoint_url"))
        checksums = "when_required" if is_elsewhere else "when_supported"
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            retries={"total_max_attempts": 3, "mode": "standard"},
            signature_version="s3v4",
            request_checksum_calculation=checksums,
            response_checksum_validation=checksums,
            s3={"addressing_style": "path" if is_elsewhere else "auto"},
        )
        super().__init__(**settings, client_config=config)

    @property
    def bucket(self) -> Any:
        # One for each thread, which a resource of boto3 must not be shared between.
        return self.connection.Bucket(self.bucket_name)

    def url(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValueError("A private file has no address.")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """Raises FileNotFoundError. Whole files are written by `save`."""
        if mode != "rb":
            raise ValueError("A private file is opened to be read, as bytes.")
        stored = self.bucket.Object(self._normalize_name(name))
        try:
            raw = _ReadFromBucket(stored)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from None
            raise
        return File(io.BufferedReader(raw, READ_AHEAD), name)
