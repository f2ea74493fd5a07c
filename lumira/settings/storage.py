"""Static files, and private uploads (customers' pictures, experts' portraits)."""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .env import BASE_DIR, IS_PRODUCTION, env_str

__all__ = [
    "FILE_UPLOAD_HANDLERS",
    "FILE_UPLOAD_PERMISSIONS",
    "STATICFILES_DIRS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "WHITENOISE_AUTOREFRESH",
    "WHITENOISE_USE_FINDERS",
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Outside production files are served from where they are written, unhashed.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_PRODUCTION


def private_storage(address: str) -> dict[str, Any]:
    """Where files are kept that have no address: views check, and stream them.

    Every name is made here, of a row's id or a file's content, so that a repeat
    writes the same file: both kinds of storage overwrite.
    """
    if address.startswith("file://"):
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": BASE_DIR / address.removeprefix("file://"),
                "allow_overwrite": True,
            },
        }
    if address.startswith("s3://"):
        options = _s3_options(address)
        return {"BACKEND": "lumira.private_s3.PrivateS3Storage", "OPTIONS": options}
    raise _wrong("write file://folder or s3://bucket/prefix")


def _s3_options(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise _wrong("s3:// is followed by the name of a bucket, and by no keys")
    if parts.fragment:
        raise _wrong("write # as %23")
    try:
        said = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        said = {"": ""} if parts.query else {}
    if said.keys() - {"region", "endpoint", "encryption"} or not all(said.values()):
        raise _wrong("after ? may come region=, endpoint= and encryption=")
    endpoint = said.get("endpoint")
    if endpoint and not re.match(r"https?://[^/?#@]+/?$", endpoint):
        raise _wrong("endpoint is https://host of the service, without the bucket")
    # SSE-S3, which every bucket of AWS can do; or the key service's.
    encryption = said.get("encryption", "" if endpoint else "AES256")
    if encryption not in ("", "AES256", "aws:kms"):
        raise _wrong("encryption is AES256 or aws:kms")
    return {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        "region_name": said.get("region"),
        "endpoint_url": endpoint,
        "object_parameters": (
            {"ServerSideEncryption": encryption} if encryption else {}
        ),
    }


def _wrong(what: str) -> ImproperlyConfigured:
    # Not repeated: somebody may have written keys into it.
    return ImproperlyConfigured(f"MEDIA_URL_STORAGE: {what}.")


STORAGES = {
    "default": private_storage(env_str("MEDIA_URL_STORAGE", "file://var/private")),
    "staticfiles": {
        "BACKEND": "lumira.static_storage.BundledStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
# Never in memory: pictures go to a temporary file, whatever their size.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
