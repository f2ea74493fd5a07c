"""The staff at work: who has which order in front of them."""

from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User
from lumira.accounts.roles import Role
from orders.models import Expert, Order
from tests.factories.staff import client_of, make_staff


def client_in(role: Role, username: str = "") -> Client:
    return client_of(make_staff(role, username=username))


def client_of_expert(expert: Expert | None) -> Client:
    """The expert's own login, with what the role of an expert may do."""
    assert expert
    return client_of(expert_login(expert))


def expert_login(expert: Expert) -> User:
    """The account of an expert, in the group of experts."""
    if expert.user is None:
        expert.user = make_staff(Role.EXPERT, username=expert.slug)
        expert.save()
    elif not expert.user.groups.exists():
        role = make_staff(Role.EXPERT, username=f"model-of-{expert.slug}")
        expert.user.groups.add(*role.groups.all())
    return expert.user


def step_url(order: Order, step: str) -> str:
    return reverse(f"admin:orders_order_{step}", args=[order.pk])
