"""The bundler that makes /stripe.js out of modules."""

from pathlib import Path

import pytest

from payments.sandbox.browser.bundle import BundleError, bundle


def write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source)
    return folder


def test_what_is_imported_comes_first_and_once(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\nuse(a, b);\n',
        a='import { b } from "./b.js";\nexport const a = b;\n',
        b="export const b = 1;\n",
    )

    script = bundle(root, "main.js")

    order = [script.index(f"// {name}.js") for name in ("b", "a", "main")]
    assert order == sorted(order)
    assert script.count("// b.js") == 1
    assert "import" not in script
    assert "export" not in script


def test_names_of_one_module_do_not_reach_another(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        main='import { a } from "./a.js";\nconst own = 2;\nuse(a, own);\n',
        a="const own = 1;\nexport function a() { return own; }\n",
    )

    script = bundle(root, "main.js")

    assert script.count("const own") == 2
    assert "return { a };" in script


def test_a_module_in_another_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "shared").mkdir()
    write(tmp_path / "page", main='import { a } from "../shared/a.js";\n')
    write(tmp_path / "shared", a="export const a = 1;\n")

    assert "// shared/a.js" in bundle(tmp_path, "page/main.js")


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        "export default 1;",
        "export { a };",
    ],
)
def test_a_form_that_it_does_not_know_is_refused(tmp_path: Path, line: str) -> None:
    root = write(tmp_path, main=f"{line}\n", a="export const a = 1;\n")

    with pytest.raises(BundleError, match="main.js"):
        bundle(root, "main.js")


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )

    with pytest.raises(BundleError, match="imports itself"):
        bundle(root, "a.js")
