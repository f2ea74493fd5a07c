"""Modules become one script that does the same, or none at all."""

import shutil
import subprocess
from pathlib import Path

import pytest

from lumira.module_bundle import NotBundled, bundle_modules


def write(folder: Path, **modules: str) -> Path:
    """The modules, each in a file of its own; returns the first one's."""
    paths = [folder / f"{name}.js" for name in modules]
    for path, code in zip(paths, modules.values(), strict=True):
        path.write_text(code)
    return paths[0]


def run(script: str, folder: Path) -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing: the browser tests run the bundles too.")
    file = folder / "bundle.mjs"
    file.write_text(script)
    done = subprocess.run(
        [node, str(file)], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_a_bundle_does_what_its_modules_do(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        page='import { greet,\n  Guest } from "./guest.js";\nimport "./bell.js";\n'
        "const told = `${greet(new Guest())}`;\nconsole.log(told);\n",
        guest='import { NAME } from "./names.js";\n'
        "/** A guest. */\nexport class Guest {}\n"
        "export function greet(guest) { return guest instanceof Guest && NAME; }\n",
        bell='import { NAME } from "./names.js";\nconsole.log("bell", NAME);\n',
        names='console.log("once");\nexport const NAME = "http://a"; // kept\n',
    )

    assert run(bundle_modules(entry), tmp_path) == "once\nbell http://a\nhttp://a\n"


def test_modules_may_use_the_same_names(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        page='import { first } from "./a.js";\nimport { second } from "./b.js";\n'
        "const hidden = 3;\nconsole.log(first(), second(), hidden);\n",
        a="const hidden = 1;\nexport const first = () => hidden;\n",
        b="const hidden = 2;\nfunction first() {}\n"
        "export const second = () => hidden;\n",
    )

    assert run(bundle_modules(entry), tmp_path) == "1 2 3\n"


def test_comments_on_lines_of_their_own_stay_at_home(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        page='// why\n/**\n * @import { A } from "./types.js"\n */\n'
        "  // more\nrun(/** @type {A} */ (1), 'a//b');\n",
    )

    assert bundle_modules(entry) == (
        "(() => {\nrun(/** @type {A} */ (1), 'a//b');\n})();\n"
    )


@pytest.mark.parametrize(
    "code",
    [
        'import one from "./x.js";\n',
        'import * as x from "./x.js";\n',
        'import { one as two } from "./x.js";\n',
        'import { one } from "x";\n',
        'import { two } from "./x.js";\n',
        'import { one } from "./nowhere.js";\n',
        'import { one } from "./page.js";\n',
        'const x = await import("./x.js");\n',
        'const x = () => import ("./x.js");\n',
        "const here = import.meta.url;\n",
        "const news = await fetch('/');\n",
        "await fetch('/');\n",
        "if (window.news) {\n  await fetch('/');\n}\n",
        "start(\n  await fetch('/'),\n);\n",
        "async function one() {}\nawait one();\n",
        "export default 1;\n",
        "export let one = 1;\n",
        "export { one };\n",
        'export * from "./x.js";\n',
        "const text = `\n// a line of the text\n`;\n",
    ],
)
def test_what_the_bundle_does_not_know_is_refused(tmp_path: Path, code: str) -> None:
    entry = write(tmp_path, page=code, x="export const one = 1;\n")

    with pytest.raises(NotBundled):
        bundle_modules(entry)
