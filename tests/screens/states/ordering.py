"""The order form: empty, on the way, full, wrong, without a line, without a script."""

from playwright.sync_api import expect

from orders.models import Service
from tests.browser.test_order_form import arrive_and_lose_the_answer
from tests.orders.making_pictures import picture
from tests.screens.stage import Stage
from tests.screens.state import Group

GROUP = Group("The order")
QUESTION = "On me propose un poste à Bruxelles. Partir, ou rester près des miens ?"


def fill_in(stage: Stage) -> None:
    page = stage.page
    stage.go("/commande/?service=premium&expert=camille-aubry")
    page.locator("[name=specific_question]").fill(QUESTION)
    page.locator("[name=first_name]").fill("Claire")
    page.locator("[name=last_name]").fill("Dumont")
    page.locator("[name=email]").fill("claire.dumont@example.org")


@GROUP.state("Nothing chosen yet")
def order_empty(stage: Stage) -> None:
    stage.go("/commande/")


@GROUP.state("Filled in", by_night=True)
def order(stage: Stage) -> None:
    fill_in(stage)


@GROUP.state("In English", language="en")
def order_english(stage: Stage) -> None:
    fill_in(stage)


@GROUP.state("Everything unfolded, and by WhatsApp")
def order_unfolded(stage: Stage) -> None:
    fill_in(stage)
    stage.shown_from = "#part-question"
    page = stage.page
    page.get_by_label("Par WhatsApp").check()
    page.get_by_label("Téléphone").fill("+33 6 39 98 12 34")
    for more in page.locator("form details > summary").all():
        more.click()
    page.locator("[name=date_of_birth]").fill("28/02/1990")
    page.locator("[name=birth_place]").fill("Annecy")
    page.locator("input[type=file]").set_input_files(
        [
            {
                "name": "une-photo-de-famille.jpg",
                "mimeType": "image/jpeg",
                "buffer": picture(size=(240, 180), color=(120, 100, 60)),
            }
        ]
    )


@GROUP.state("Sent with mistakes")
def order_mistakes(stage: Stage) -> None:
    stage.go("/commande/?service=premium")
    stage.page.locator("[name=email]").fill("claire@")
    stage.customer.submit_button.click()
    expect(stage.page.get_by_role("alert").first).to_be_focused()


@GROUP.state("Mistakes, without a script", status=422, has_script=False)
def order_mistakes_no_script(stage: Stage) -> None:
    stage.go("/commande/?service=premium")
    stage.page.locator("[name=email]").fill("claire@nowhere")
    form = stage.page.locator("form[data-order-form]")
    form.evaluate("form => { form.noValidate = true; }")
    stage.customer.submit_button.click()
    stage.page.wait_for_load_state("load")


@GROUP.state("A pair that does not go together")
def order_other_expert(stage: Stage) -> None:
    stage.go("/commande/?expert=elias-benhamou")
    stage.page.locator("[value=vip]").check()


@GROUP.state("The line is away")
def order_offline(stage: Stage) -> None:
    fill_in(stage)
    stage.context.set_offline(True)
    stage.customer.submit_button.click()
    expect(stage.page.get_by_text("hors ligne").first).to_be_visible()


@GROUP.state("The answer is slow", status=204)
def order_slow(stage: Stage) -> None:
    stage.page.clock.install()
    fill_in(stage)
    stage.page.route("**/commande/?*", arrive_and_lose_the_answer)
    stage.customer.submit_button.click()
    stage.page.clock.run_for(10_000)
    stage.page.clock.resume()
    expect(stage.page.get_by_text("plus long que d’habitude")).to_be_visible()


@GROUP.state("Nothing on sale")
def order_closed(stage: Stage) -> None:
    Service.objects.update(is_active=False)
    stage.go("/commande/")
