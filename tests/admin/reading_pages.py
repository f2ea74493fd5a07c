"""A page of the admin as the person in front of it: who they are, what they read."""

import html
import re

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from lumira.accounts.models import User


def client_of_staff(*permissions: str) -> Client:
    """A logged-in person of the staff who may do these things and nothing else."""
    person = User.objects.create_user("claire", is_staff=True)
    for permission in permissions:
        person.user_permissions.add(_permission(permission))
    client = Client()
    client.force_login(person)
    return client


def list_url(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def page_url(model: str, key: object) -> str:
    return reverse(f"admin:{model}_change", args=[key])


def markup(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def words(client: Client, url: str, **query: str) -> str:
    """What stands in the page's main part, without its markup."""
    return plain(markup(client, url, **query).partition('id="content-main"')[2])


def plain(fragment: str) -> str:
    """Its words, with plain spaces and apostrophes: tests are not about those."""
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", fragment, flags=re.DOTALL)
    return " ".join(html.unescape(text).replace("’", "'").split())


def listed(client: Client, model: str, **query: str) -> list[str]:
    """The rows of a list, each as the words in it."""
    table = markup(client, list_url(model), **query).partition('id="result_list"')[2]
    rows = table.partition("</table>")[0].split('<tr class="data-row')[1:]
    return [plain(f"<tr {row}") for row in rows]


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
