"""What a person reads when something is wrong."""

import tempfile
from pathlib import Path

from lumira.maintenance import begin_maintenance
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("Trouble")


def go_wrong(stage: Stage, status: int) -> None:
    stage.settings.ROOT_URLCONF = "tests.screens.broken_addresses"
    stage.go(f"/broken/{status}")


@GROUP.state("400", status=400)
def trouble_400(stage: Stage) -> None:
    go_wrong(stage, 400)


@GROUP.state("403", status=403)
def trouble_403(stage: Stage) -> None:
    go_wrong(stage, 403)


@GROUP.state("403, the form came too late", status=403)
def trouble_403_form(stage: Stage) -> None:
    stage.go("/commandes/")
    stage.page.locator("main [name=email]").fill("claire.dumont@example.org")
    stage.context.clear_cookies()
    stage.page.locator("main form").get_by_role("button").click()
    stage.page.get_by_text("403").wait_for()


@GROUP.state("404", status=404, by_night=True)
def trouble_404(stage: Stage) -> None:
    stage.go("/nowhere")


@GROUP.state("404, in English", status=404, language="en")
def trouble_404_english(stage: Stage) -> None:
    stage.go("/nowhere")


@GROUP.state("405", status=405)
def trouble_405(stage: Stage) -> None:
    go_wrong(stage, 405)


@GROUP.state("413", status=413)
def trouble_413(stage: Stage) -> None:
    go_wrong(stage, 413)


@GROUP.state("429", status=429)
def trouble_429(stage: Stage) -> None:
    stage.settings.LIMITS_FACTOR = 0.01
    for _time in range(4):
        stage.go("/commandes/")
        stage.page.locator("main [name=email]").fill("claire.dumont@example.org")
        stage.page.locator("main form").get_by_role("button").click()
        stage.page.wait_for_load_state("load")


@GROUP.state("500", status=500)
def trouble_500(stage: Stage) -> None:
    go_wrong(stage, 500)


@GROUP.state("Maintenance", status=503)
def maintenance(stage: Stage) -> None:
    folder = Path(tempfile.mkdtemp())
    stage.settings.MAINTENANCE_FILE = folder / "maintenance"
    begin_maintenance()
    stage.go("/")


@GROUP.state("Maintenance, in English", status=503, language="en")
def maintenance_english(stage: Stage) -> None:
    maintenance(stage)
