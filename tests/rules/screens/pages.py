"""Every page that answers a GET with HTML, in one language, for each role that works on it.

The addresses are those of the access walks, so that a new page is looked at on its first day.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.test import Client

from marketplace.core.formats import Format
from tests.rules.access_addresses import places
from tests.rules.access_walk import persons, undone, visitors
from tests.rules.access_world import ALL, AccessWorld
from tests.rules.every_place import usual_address, who_may_enter
from tests.turns import is_todays
from tests.web.kept.every_form import Form, posted_forms, sent, visited
from tests.web.second_factor import with_code
from vendors.models import Cooperative, CooperativeText

SHOWN = {200, 422}
# What a page has anew each time it is shown.
FRESH = re.compile(r'(?:csrfmiddlewaretoken|form_mark)" value="[^"]*"|"X-CSRFToken": "\w+"')
# What tests sell costs a few hundred dirhams; a payout run may come to millions.
TIMES, SMALL_MINOR = 1000, 1_000_000
LONG_NAMES = {
    "ar": "تعاونية النساء القرويات بتيمزيت لإنتاج زيت الأركان ومشتقاته",
    "fr": "Coopérative féminine Timzit n’Tidzi de l’arganier et de ses produits",
}
TOAST = {
    "ar": "حُفظت التغييرات. ستراجع المرافِقة صفحة المنتج قبل نشرها.",
    "fr": "Modifications enregistrées. L’accompagnatrice les relit avant la publication.",
}


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it."""

    name: str
    language: str
    html: str


def make_it_hard(world: AccessWorld, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long names, amounts as large as a run's, and on every page the message of the last action."""
    of_money, of_amount = Format.money, Format.amount

    def large(amount_minor: int) -> int:
        return amount_minor * TIMES if abs(amount_minor) < SMALL_MINOR else amount_minor

    def money(self: Format, amount_minor: int, currency: str, **how: bool) -> str:
        return of_money(self, large(amount_minor), currency, **how)

    def amount(self: Format, amount_minor: int, currency: str) -> str:
        return of_amount(self, large(amount_minor), currency)

    monkeypatch.setattr(Format, "money", money)
    monkeypatch.setattr(Format, "amount", amount)
    monkeypatch.setattr(
        "marketplace.web.ui.tags.components.get_messages",
        lambda _request: [Message(SUCCESS, TOAST[language])],
    )
    named = [world.shop.weavers.pk, world.shop.growers.pk]
    Cooperative.objects.crossing(ALL).filter(pk__in=named).update(legal_name=LONG_NAMES["fr"])
    for spoken, name in LONG_NAMES.items():
        texts = CooperativeText.objects.crossing(ALL).filter(cooperative__in=named)
        texts.filter(language=spoken).update(name=name)


def screens(world: AccessWorld, language: str) -> Iterator[Screen]:
    """Pages that are the same for two roles are told once; forms come filled wrongly too.

    A page comes in one language today and in the other one tomorrow.
    """
    seen: set[str] = set()
    for name, client, address in _visits(world):
        if not is_todays(name, 2, later=language == "fr"):
            continue
        client.cookies["twiza_language"] = language
        path = address.replace("/ma/fr/", f"/ma/{language}/")
        response = client.get(path)
        html = _html_of(response)
        known = FRESH.sub("", html)
        if html and known not in seen:
            seen.add(known)
            yield Screen(f"{name} {path}", language, html)
            for form in posted_forms(path, html.encode()):
                if form.typed() and form.path not in seen and not name.startswith("storefront"):
                    seen.add(form.path)
                    if wrong := _refused(client, form):
                        yield Screen(f"{name} {form.path} refused", language, wrong)


def _html_of(response: Any) -> str:
    """A page; nothing for a file, a redirect or a refusal."""
    if response.streaming:
        response.getvalue()
        return ""
    if response.status_code not in SHOWN or not response["Content-Type"].startswith("text/html"):
        return ""
    html = response.content.decode()
    return html if "</html>" in html else ""  # else a fragment that htmx asks for


def _refused(client: Client, form: Form) -> str:
    """The page on which a form comes back that was filled wrongly; nothing if it was taken.

    Not of the checkout, which calls the engine and so must not be undone. The browser is a copy:
    its session's new key would be undone too.
    """
    other = Client(raise_request_exception=False)
    other.cookies = copy.deepcopy(client.cookies)
    with undone():
        return _html_of(other.post(form.action, sent(form, form.typed())))


def _visits(world: AccessWorld) -> Iterator[tuple[str, Client, str]]:
    """Each address, with the browser of everybody for whom its page may look different."""
    clients = dict(persons(world))
    anonymous = visitors(world)["anonymous"]
    by_person = {user.pk: with_code(clients[name], user) for name, user in world.people.items()}
    for place in places():
        if place.audience not in {"portal", "staff"}:
            for client in (who_may_enter(place, clients), anonymous):
                yield place.name, client, usual_address(place, world)
        elif place.reach == "shop":
            yield place.name, who_may_enter(place, clients), usual_address(place, world)
    for user, place, path in visited(world):
        yield place.name, by_person[user.pk], path
