"""Every list of staff: each filter, each order, each column, in three languages, and hostile input.

What is tried is read from the declarations, so that a new list is tried on the day it is written.
"""

import re
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marketplace.web.amounts import AmountField
from marketplace.web.lists.asked import read
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.fields import LONGEST_TEXT, ChosenField, DayField
from marketplace.web.lists.filters import Named
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists.registry import LISTS
from tests.factories.vendors import make_staff
from tests.rules.access_addresses import places
from tests.rules.access_regions import HERE, THERE, marks
from tests.rules.access_walk import signed_in, world
from tests.rules.access_world import AccessWorld
from tests.rules.hostile import VALUES, together
from tests.turns import todays
from tests.web.lists.opening import who_opens
from vendors.permissions import STAFF_PERMISSIONS
from vendors.policy import staff_access

__all__ = ["world"]

pytestmark = pytest.mark.django_db

REFUSED = 422
today = todays(LISTS, 2)
every_list = pytest.mark.parametrize("declared", [LISTS[name] for name in today], ids=today)


def page(client: Client, declared: RowList, query: str = "", programme: str = "mourafaka") -> Any:
    path = reverse(f"staff:{declared.name}", kwargs={"programme": programme})
    return client.get(path, QUERY_STRING=query)


def asked(declared: RowList, access: StaffAccess, query: str) -> Any:
    found = read(declared, access, QueryDict(query))
    assert not found.is_refused, (query, found.refusals, found.form.errors)
    return found


def wrong(name: str, field: Any) -> str | None:
    """A value that a field must refuse."""
    if isinstance(field, ChosenField):
        return "zz-none"
    if isinstance(field, DayField):
        return "31/31/2026"
    if isinstance(field, AmountField):
        return "1.2.3,4"
    return "nobody-is-called-so" if name == "cooperative" else "x" * (LONGEST_TEXT + 1)


def test_every_list_with_saved_views_is_tried_here() -> None:
    beside = {place.name for place in places() if place.name.endswith("-views")}
    assert beside == {f"staff:{name}-views" for name in LISTS}


@every_list
def test_what_cannot_be_read_is_refused_beside_its_field(
    world: AccessWorld, declared: RowList
) -> None:
    access = who_opens(world, declared)
    client = signed_in(access.user)
    fields = read(declared, access, QueryDict()).form.fields
    every = {name: wrong(name, field) for name, field in fields.items()}
    for name, typed in every.items():
        found = read(declared, access, QueryDict(urlencode({name: typed})))
        assert found.is_refused
        assert set(found.form.errors) == {name}
    for language in ("ar", "fr", "en"):
        client.cookies["twiza_language"] = language
        answer = page(client, declared, urlencode(every))
        html = unescape(answer.content.decode())
        assert answer.status_code == (REFUSED if every else 200)
        assert ("<tbody>" not in html) or not every
        with translation.override(language):
            form = read(declared, access, QueryDict(urlencode(every))).form
            told = {name: str(form.errors[name][0]) for name in every}
        for name, typed in every.items():
            assert f'id="f_{name}_error"' in html, name
            assert told[name] in html, (language, name)
            assert typed[:40] in html, name


@every_list
def test_every_order_is_total_and_turns_round(world: AccessWorld, declared: RowList) -> None:
    access = who_opens(world, declared)
    client = signed_in(access.user)
    every = {row.pk for row in declared.rows(access)}
    sortable = [column for column in declared.columns if column.is_sortable]
    for column in sortable:
        up = [row.pk for row in asked(declared, access, f"sort={column.key}").rows()]
        down = [row.pk for row in asked(declared, access, f"sort=-{column.key}").rows()]
        assert len(up) == len(set(up))
        assert set(up) == set(down) == every
        if not column.nullable:
            assert down == up[::-1], column.key
    html = page(client, declared, f"sort=-{sortable[-1].key}&col={sortable[-1].key}")
    assert ('aria-sort="descending"' in html.content.decode()) or not every


@every_list
def test_every_column_is_shown_with_its_values(world: AccessWorld, declared: RowList) -> None:
    access = who_opens(world, declared)
    client = signed_in(access.user)
    assert len({column.key for column in declared.columns}) == len(declared.columns)
    for language in ("ar", "fr"):
        client.cookies["twiza_language"] = language
        columns = urlencode([("col", column.key) for column in declared.columns])
        answer = page(client, declared, columns)
        html = unescape(answer.content.decode())
        assert answer.status_code == 200
        if declared.rows(access).exists():
            table = html[html.index('<caption class="sr">' + html_title(declared, language)) :]
            with translation.override(language):
                for column in declared.columns:
                    assert str(column.heading) in table, column.key
        one = page(client, declared, f"col={declared.columns[-1].key}").content.decode()
        assert len(re.findall(r"<th [^>]*aria-sort|<th scope", one)) <= 1 + html.count("offer")


def html_title(declared: RowList, language: str) -> str:
    with translation.override(language):
        return str(declared.title)


@every_list
def test_every_choice_narrows_the_rows(world: AccessWorld, declared: RowList) -> None:
    access = who_opens(world, declared)
    every = set(declared.rows(access).values_list("pk", flat=True))
    for name, field in read(declared, access, QueryDict()).form.fields.items():
        for value, _label in getattr(field, "choices", ()):
            found = [row.pk for row in asked(declared, access, urlencode({name: value})).rows()]
            assert len(found) == len(set(found))
            assert set(found) <= every


@every_list
def test_an_unknown_order_or_column_is_refused(world: AccessWorld, declared: RowList) -> None:
    access = who_opens(world, declared)
    client = signed_in(access.user)
    for query in ("sort=pk", "sort=--", "sort=-programme__name", "col=password", "sort=%3Ci%3E"):
        answer = page(client, declared, query)
        assert answer.status_code == REFUSED, query
        assert "<tbody>" not in answer.content.decode()
        assert "<i>" not in answer.content.decode()


@every_list
def test_no_list_falls_over_what_a_stranger_writes(world: AccessWorld, declared: RowList) -> None:
    access = who_opens(world, declared)
    client = signed_in(access.user)
    names = [*read(declared, access, QueryDict()).form.fields, "sort", "col", "page"]
    for name in names:
        for value in VALUES:
            if b"\x00" not in value:  # refused before any page
                found = read(declared, access, QueryDict(f"{name}={quote_from_bytes(value)}"))
                assert found.is_refused or list(found.rows()[:2]) is not None
    for turn in range(0, len(VALUES), 3):
        query = together(tuple(names), turn)
        assert page(client, declared, query).status_code in {200, 400, REFUSED}


@every_list
def test_a_role_in_a_region_reaches_no_other_one(world: AccessWorld, declared: RowList) -> None:
    """Also by an address that somebody has made up."""
    there = world.shop.growers
    for role in ("regional", "finance_preparer"):
        user = make_staff(world.shop.programme, role, regions=(HERE,))
        may = declared.permission in STAFF_PERMISSIONS[role] and not declared.is_whole
        client = signed_in(user)
        if not may:
            assert page(client, declared).status_code in {302, 403}
            continue
        access = staff_access(user, world.shop.programme.slug, declared.permission)
        columns = urlencode([("col", column.key) for column in declared.columns])
        tries = ["", f"q={world.theirs.number}", f"q={there.legal_name}", f"region={THERE}"]
        tries += [f"cooperative={there.legal_name}", f"cooperative={there.slug}"]
        for query in tries:
            html = page(client, declared, f"{query}&{columns}").content.decode()
            shown = re.sub(r'value="[^"]*"|href="[^"]*"', "", html)
            told = [word for word in marks(world) if word in shown and word not in query]
            assert told == [], (role, query)
        everywhere = {row.pk for row in declared.rows(who_opens(world, declared))}
        assert {row.pk for row in declared.rows(access)} <= everywhere
        for each in declared.filters:
            if isinstance(each, Named):
                assert there.legal_name not in each.names(access)
