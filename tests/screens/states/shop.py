"""What anybody finds: the front, the experts, the legal pages."""

from playwright.sync_api import expect

from orders.models import Expert, Service, ServiceOffer
from tests.screens.invented import LONG_NAME
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("The shop")


@GROUP.state("Home", by_night=True)
def home(stage: Stage) -> None:
    stage.go("/")


@GROUP.state("Home, in English", language="en")
def home_english(stage: Stage) -> None:
    stage.go("/")


@GROUP.state("Home, how it goes and who is there")
def home_experts(stage: Stage) -> None:
    stage.go("/")
    stage.shown_from = ".section:has(#how-title)"


@GROUP.state("Home, its promises and all questions open")
def home_questions(stage: Stage) -> None:
    stage.go("/")
    stage.shown_from = ".section--night"
    for question in stage.page.locator("details summary").all():
        question.click()


@GROUP.state("Home, nothing on sale and nobody there")
def home_empty(stage: Stage) -> None:
    ServiceOffer.objects.all().delete()
    Expert.objects.all().delete()
    Service.objects.all().delete()
    stage.go("/")


@GROUP.state("Home, with texts that are far too long")
def home_long(stage: Stage) -> None:
    Service.objects.filter(slug="premium").update(
        name="Accompagnement " + "transgénérationnel" * 3,
        description="Pour une année entière. " * 12,
        features=["Une lecture à chaque saison, et une synthèse de fin d’année", "x"],
        price=123_456_700,
    )
    Expert.objects.filter(slug="camille-aubry").update(
        name=LONG_NAME,
        specialities=["Constellations transgénérationnelles et systémiques"] * 6,
        bio="Un premier paragraphe. " * 40,
    )
    stage.go("/")


@GROUP.state("An expert", by_night=True)
def expert(stage: Stage) -> None:
    stage.go("/experts/camille-aubry/")


@GROUP.state("An expert, in English", language="en")
def expert_english(stage: Stage) -> None:
    stage.go("/experts/elias-benhamou/")


@GROUP.state("An expert who is not there", status=404)
def expert_unknown(stage: Stage) -> None:
    stage.go("/experts/nobody/")


@GROUP.state("An expert without a portrait or a text")
def expert_bare(stage: Stage) -> None:
    Expert.objects.filter(slug="camille-aubry").update(
        photo="", bio="", specialities=[]
    )
    stage.go("/experts/camille-aubry/")


@GROUP.state("Imprint")
def legal_notice(stage: Stage) -> None:
    stage.go("/mentions-legales/")


@GROUP.state("Terms of sale")
def terms_of_sale(stage: Stage) -> None:
    stage.go("/conditions-de-vente/")


@GROUP.state("Privacy")
def privacy(stage: Stage) -> None:
    stage.go("/confidentialite/")


@GROUP.state("Terms of sale, in English", language="en")
def terms_of_sale_english(stage: Stage) -> None:
    stage.go("/conditions-de-vente/")
    expect(stage.page.locator("html")).to_have_attribute("lang", "en")
