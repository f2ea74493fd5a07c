"""Static files, and private uploads (customers' pictures, experts' portraits)."""

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

_private = env_str("MEDIA_URL_STORAGE", "file://var/private")
if not _private.startswith("file://"):
    raise ImproperlyConfigured(
        "MEDIA_URL_STORAGE: only file://folder is supported so far."
    )

STORAGES = {
    # No base_url: nothing in here has an address; views check and stream.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": BASE_DIR / _private.removeprefix("file://"),
            # Every name is made here, of a row's id: a repeat writes the same file.
            "allow_overwrite": True,
        },
    },
    "staticfiles": {
        "BACKEND": "lumira.static_storage.ModuleManifestStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
# Never in memory: pictures go to a temporary file, whatever their size.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
