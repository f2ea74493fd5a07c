"""Static files of production: bundled, hashed, compressed.

The sources are many small files without a build, which development serves as they are.
`collectstatic` makes one sheet of `css/main.css` and its imports, and one script of
each page's module and its imports: a browser would find them one after the other.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import lightningcss
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from lumira.module_bundle import NotBundled, bundle_modules

Paths = Mapping[str, tuple[Storage, str]]

OUR_SCRIPTS, PAGES_SCRIPTS, OUR_SHEETS = "js/", "js/pages/", "css/"
_IMPORTED_SHEET = re.compile(r"""@import\s+(?:url\()?["']?([^"')\s]+)""")
_ADDRESS = re.compile(r"""url\(\s*["']?(?!["'#]|data:)""")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A file that went into a bundle gets no hashed name: no page may ask for it."""

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run:
            paths = bundled(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)


def bundled(paths: Paths) -> dict[str, tuple[Storage, str]]:
    """The files, with bundles in place of those that are sources. Raises NotBundled."""
    sources = {
        name: Path(storage.path(path)) for name, (storage, path) in paths.items()
    }
    bundles = _sheets(sources) | _scripts(sources)
    memory = InMemoryStorage()
    kept: dict[str, tuple[Storage, str]] = {
        name: path
        for name, path in paths.items()
        if not name.startswith((OUR_SCRIPTS, OUR_SHEETS))
        or Path(name).suffix not in (".css", ".js")
    }
    return kept | {
        name: (memory, memory.save(name, ContentFile(text.encode())))
        for name, text in bundles.items()
    }


def _scripts(sources: dict[str, Path]) -> dict[str, str]:
    return {
        name: bundle_modules(path)
        for name, path in sources.items()
        if name.startswith(PAGES_SCRIPTS) and path.suffix == ".js"
    }


def _sheets(sources: dict[str, Path]) -> dict[str, str]:
    ours = {
        name: path.read_text()
        for name, path in sources.items()
        if name.startswith(OUR_SHEETS) and path.suffix == ".css"
    }
    imported = set()
    for name, text in ours.items():
        here = posixpath.dirname(name)
        for address in _IMPORTED_SHEET.findall(text):
            part = posixpath.normpath(posixpath.join(here, address))
            if posixpath.dirname(part) != here and _ADDRESS.search(ours.get(part, "")):
                # An address is relative to its file, and the bundle is elsewhere.
                raise NotBundled(f"{part} names another file: do so in {here}/.")
            imported.add(part)
    return {
        name: lightningcss.bundle_css(str(sources[name]))
        for name in ours.keys() - imported
    }
