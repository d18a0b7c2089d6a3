"""Every form that a person finds on the pages of the portal, of the staff and of the checkout."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html

from tests.rules.access_addresses import Place, address, places
from tests.rules.access_walk import signed_in
from tests.rules.access_world import AccessWorld
from tests.web.second_factor import with_code
from vendors.models import User
from vendors.permissions import MEMBER_PERMISSIONS, STAFF_PERMISSIONS

OURS = {"csrfmiddlewaretoken", "form_mark", "kept_form", "kept_leave_out"}
CHOICES = {"checkbox", "radio"}
# A value that breaks a page which does not escape it.
NASTY = """</textarea><script>x</script>"'&amp; ازرع é"""


@dataclass(frozen=True)
class Form:
    """A form of a page, as a browser reads it."""

    page: str
    element: Any

    @property
    def action(self) -> str:
        return urljoin(self.page, self.element.get("action") or self.page)

    @property
    def path(self) -> str:
        return urlsplit(self.action).path

    @property
    def hidden(self) -> dict[str, str]:
        return {
            field.get("name"): field.get("value") or ""
            for field in self.element.iterfind(".//input[@type='hidden']")
        }

    def controls(self) -> Iterator[Any]:
        for field in self.element.iter("input", "textarea", "select"):
            kind = (field.get("type") or "text").lower()
            if field.get("name") and kind not in {"hidden", "file", "submit", "password"}:
                yield field

    def values(self) -> set[tuple[str, str]]:
        """What is typed and chosen in it now."""
        found = set()
        for field in self.controls():
            if field.tag == "select":
                chosen = [o for o in field.iter("option") if o.get("selected") is not None]
                found |= {(field.get("name"), option.get("value")) for option in chosen}
            elif field.tag == "textarea":
                found.add((field.get("name"), (field.text_content() or "").removeprefix("\n")))
            elif field.get("type") in CHOICES:
                if field.get("checked") is not None:
                    found.add((field.get("name"), field.get("value") or "on"))
            else:
                found.add((field.get("name"), field.get("value") or ""))
        return found

    def typed(self) -> list[tuple[str, str]]:
        """Another answer in each of its controls."""
        found: list[tuple[str, str]] = []
        radios = set()
        for number, field in enumerate(self.controls()):
            name, kind = field.get("name"), field.get("type") or field.tag
            if field.tag == "select":
                found.append((name, list(field.iter("option"))[-1].get("value")))
            elif kind == "checkbox":
                if field.get("checked") is None:
                    found.append((name, field.get("value") or "on"))
            elif kind == "radio":
                options = self.element.xpath(f".//input[@type='radio'][@name='{name}']")
                if name not in radios:
                    found.append((name, options[-1].get("value")))
                radios.add(name)
            else:
                found.append((name, f"{number} {NASTY}"))
        return found


def posted_forms(page: str, html: bytes) -> list[Form]:
    """The forms of a page that are posted, signing out left away."""
    tree = lxml.html.fromstring(html.decode())
    found = [Form(page, form) for form in tree.iter("form") if form.get("method") == "post"]
    return [f for f in found if f.path != "/accounts/logout/" and "/kept/" not in f.path]


def same_form(form: Form, html: bytes) -> Form | None:
    """This form in a page that was fetched later."""
    same = [other for other in posted_forms(form.page, html) if other.path == form.path]
    if len(same) < 2:
        return same[0] if same else None
    own = {name: value for name, value in form.hidden.items() if name not in OURS}
    return next((other for other in same if own.items() <= other.hidden.items()), None)


def sent(form: Form, typed: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What a browser posts: the hidden fields as they are, and what was typed."""
    data = {name: [value] for name, value in form.hidden.items()}
    for name, value in typed:
        data.setdefault(name, []).append(value)
    return data


def missing(form: Form, typed: list[tuple[str, str]], html: bytes) -> list[str]:
    """What was typed and is not in the form of a page."""
    found = same_form(form, html)
    if found is None:
        return [f"{form.path}: no such form"]
    values = {(name, value.replace("\r\n", "\n")) for name, value in found.values()}
    return [f"{form.path}: {pair}" for pair in typed if pair not in values]


def visited(world: AccessWorld) -> Iterator[tuple[User, Place, str]]:
    """Each page of the portal and of the staff, with somebody who may read it."""
    people = world.people
    staff = [people["coordinator"], people["preparer"], people["approver"]]
    roles = ["coordinator", "finance_preparer", "finance_approver"]
    for place in places():
        if "photo_id" in place.parameters:
            continue
        if place.audience == "portal" and place.permission in MEMBER_PERMISSIONS["manager"]:
            yield people["manager"], place, own_address(place, world)
        elif place.audience == "staff":
            for person, role in zip(staff, roles, strict=True):
                if place.permission in STAFF_PERMISSIONS[role]:
                    yield person, place, own_address(place, world)


def own_address(place: Place, world: AccessWorld) -> str:
    shop = world.shop
    return address(
        place, world, shop.weavers, cooperative=shop.weavers.slug, programme=shop.programme.slug
    )


def forms_to_fill(world: AccessWorld) -> Iterator[tuple[User, Form]]:
    """Every form with something to type or choose, once for each address that it is sent to."""
    seen = set()
    clients = {}
    for person, _place, page in visited(world):
        if person.pk not in clients:
            clients[person.pk] = with_code(signed_in(person), person)
        client = clients[person.pk]
        answer = client.get(page)
        if answer.streaming:
            answer.getvalue()  # read to its end, a file closes itself
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for form in posted_forms(page, answer.content):
                if form.path not in seen and form.typed():
                    seen.add(form.path)
                    yield person, form
