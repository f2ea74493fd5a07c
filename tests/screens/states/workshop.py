"""The page of all components, which only those who build the shop see."""

from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("The style guide")


@GROUP.state("Style guide", by_night=True)
def styleguide(stage: Stage) -> None:
    stage.settings.HAS_STYLEGUIDE = True
    stage.go("/styleguide/")


@GROUP.state("All mails")
def styleguide_mails(stage: Stage) -> None:
    stage.settings.HAS_STYLEGUIDE = True
    stage.go("/styleguide/courriels/")
