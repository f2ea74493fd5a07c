"""What a merchant sets in the dashboard, as a control."""

import pytest

from tests.sandbox_process import SandboxProcess, SandboxRefused


def test_settings_can_be_read_and_changed_one_by_one(sandbox: SandboxProcess) -> None:
    before = sandbox.control("GET", "billing")

    after = sandbox.control("POST", "billing", upcoming_days=3)

    assert before == {
        "retry_days": [1, 3, 5, 7],
        "after_retries": "cancel",
        "upcoming_days": 7,
        "draft_s": 3600,
        "clock_step_s": 0,
    }
    assert after == {**before, "upcoming_days": 3}


@pytest.mark.parametrize(
    "wrong",
    [
        {"after_retries": "pray"},
        {"retry_days": "1"},
        {"retry_days": [0]},
        {"draft_s": -1},
        {"colour": "green"},
    ],
    ids=["after", "days", "zero", "negative", "unknown"],
)
def test_settings_that_make_no_sense_are_refused(
    sandbox: SandboxProcess, wrong: dict[str, object]
) -> None:
    with pytest.raises(SandboxRefused):
        sandbox.control("POST", "billing", **wrong)

    assert sandbox.control("GET", "billing")["after_retries"] == "cancel"
