"""Who sees which part of the dashboard."""

import pytest
from django.test import Client

from lumira.accounts.roles import Role
from orders.status import OrderStatus
from tests.admin.dashboard_shop import PAGE, contest, make_busy_shop, sell, tiles
from tests.admin.reading_pages import words
from tests.factories.catalogue import make_expert
from tests.factories.orders import make_order
from tests.factories.staff import client_of, make_staff

pytestmark = pytest.mark.django_db

ELSE = {"En préparation", "À valider", "À remettre", "En retard"}
WORK = {"À attribuer"} | ELSE
ORDERS = {
    "Commandes payées",
    "Commandes livrées",
    "Délai moyen de livraison",
    "Livrées à temps",
}
MONEY = {
    *("Encaissé", "Remboursé", "Net", "Montant moyen"),
    *("Paiements réussis", "Paiements refusés", "Récurrent par mois"),
}
DISPUTES, MAIL = {"Litiges à répondre"}, {"Messages abandonnés"}
BOOKS = {"Événements en échec", "Dernier rapprochement"}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.EXPERT, {"À prendre"} | ELSE),
        (Role.VALIDATOR, WORK | ORDERS),
        (Role.SUPPORT, WORK | ORDERS | MONEY | DISPUTES | MAIL),
        (Role.FINANCE, WORK | ORDERS | MONEY | DISPUTES | BOOKS),
        (Role.ADMINISTRATOR, WORK | ORDERS | MONEY | DISPUTES | MAIL | BOOKS),
    ],
)
def test_each_role_sees_its_part_and_no_more(role: Role, seen: set[str]) -> None:
    make_busy_shop()
    client = client_of(make_staff(role))

    assert set(tiles(client, periode="30")) == seen


@pytest.mark.parametrize("role", [Role.EXPERT, Role.VALIDATOR])
def test_who_may_not_see_payments_sees_no_amount(role: Role) -> None:
    make_busy_shop()
    client = client_of(make_staff(role))

    page = words(client, PAGE, periode="30")

    assert "€" not in page
    assert "¥" not in page


def test_the_amount_of_a_dispute_is_money_too() -> None:
    contest(sell(), hours=30)
    user = make_staff(Role.FINANCE)
    user.groups.get().permissions.remove(
        user.groups.get().permissions.get(codename="view_payment")
    )

    page = words(client_of(user), PAGE, periode="30")

    assert "Reste 1 j" in page or "Reste 29 h" in page or "Reste 30 h" in page
    assert "€" not in page


def test_an_expert_counts_their_own_orders_only() -> None:
    camille = make_expert(slug="camille", user=make_staff(Role.EXPERT))
    make_order(expert=camille, status=OrderStatus.PROCESSING)
    make_order(status=OrderStatus.PROCESSING)
    assert camille.user

    client = client_of(camille.user)

    assert tiles(client)["En préparation"] == "1"
    assert "Votre travail" in words(client, PAGE)


def test_somebody_without_a_role_is_told_what_to_do() -> None:
    page = words(client_of(make_staff()), PAGE)

    assert "Votre compte n'a pas encore de rôle." in page


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/admin/login/")
