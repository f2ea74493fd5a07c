"""The browser's code, the shop's and the sandbox's, agrees with Stripe.js's own types.

Stripe publishes them as the npm package @stripe/stripe-js; the compiler that reads them
is TypeScript. Both are pinned in package-lock.json.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
INSTALLED = HERE / "node_modules" / ".package-lock.json"


@pytest.fixture(scope="module")
def compiler() -> list[str]:
    """The command of the TypeScript compiler, installed if need be."""
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("npm is missing, and CI never skips the check of types.")
        pytest.skip("npm is missing: the browser's code is not checked against types.")
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=HERE, check=True, timeout=300)
    return [str(HERE / "node_modules" / ".bin" / "tsc")]


def check(compiler: list[str], project: Path) -> tuple[int, str]:
    done = subprocess.run(
        [*compiler, "--project", str(project)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_browsers_code_agrees_with_stripes_types(compiler: list[str]) -> None:
    status, complaints = check(compiler, HERE / "tsconfig.json")

    assert complaints == ""
    assert status == 0


@pytest.mark.parametrize(
    ("mistake", "complaint"),
    [
        ('stripe.confirmPayment({elements, redirect: "perhaps"})', "perhaps"),
        ("stripe.confirmPayment({elements})", "confirmParams"),
        ('elements.create("payment", {layout: "pile"})', "No overload"),
        ("elements.submit().error", "error"),
    ],
)
def test_a_wrong_call_of_stripe_is_found(
    compiler: list[str], tmp_path: Path, mistake: str, complaint: str
) -> None:
    (tmp_path / "mistake.js").write_text(
        f"""
        const page = /** @type {{unknown}} */ (window);
        const stripe = /** @type {{import("@stripe/stripe-js").Stripe}} */ (page);
        const elements = stripe.elements({{clientSecret: "pi_1_secret_2"}});
        {mistake};
        """
    )
    project = tmp_path / "tsconfig.json"
    settings = {
        "extends": str(HERE / "tsconfig.json"),
        "compilerOptions": {"types": []},
        "include": ["mistake.js"],
    }
    project.write_text(json.dumps(settings))

    status, complaints = check(compiler, project)

    assert status != 0
    assert complaint in complaints


def test_the_lock_names_no_host() -> None:
    lock = LOCK.read_text()

    assert "://" not in lock
    assert '"resolved"' not in lock
