"""A cooperative is named on a form as people know it."""

import pytest

from marketplace.web.staff.payouts.forms import HoldForm
from tests.payouts.world import make_cooperative, make_programme
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def weavers(programme: Programme) -> Cooperative:
    named = {"legal_name": "Coopérative Tissage d’Azilal", "legal_name_latin": "TISSAGE AZILAL"}
    cooperative = make_cooperative(programme, slug="azilal")
    for name, value in named.items():
        setattr(cooperative, name, value)
    cooperative.save()
    return cooperative


def asked(programme: Programme, typed: str) -> HoldForm:
    data = {"cooperative": typed, "reason": "Enquête"}
    return HoldForm(data, scope=ProgrammeScope(programme.pk))


@pytest.mark.parametrize(
    "typed", ["azilal", "tissage", "Coopérative tissage d’azilal", " TISSAGE AZILAL "]
)
def test_a_name_or_a_part_of_it_finds_the_cooperative(
    programme: Programme, weavers: Cooperative, typed: str
) -> None:
    form = asked(programme, typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cooperative"] == weavers


def test_a_whole_name_goes_before_longer_ones(programme: Programme, weavers: Cooperative) -> None:
    other = make_cooperative(programme, slug="azilal-deux")
    other.legal_name = f"{weavers.legal_name} et amis"
    other.save()
    assert asked(programme, weavers.legal_name).is_valid()
    several = asked(programme, "tissage")
    assert several.errors["cooperative"] == [
        "Several cooperatives are called that: type the whole name."
    ]


def test_what_nobody_here_is_called_is_refused(programme: Programme, weavers: Cooperative) -> None:
    make_cooperative(make_programme(slug="jisr"), slug="zagora")
    for typed in ("zagora", "nobody", "x" * 200):
        assert asked(programme, typed).errors["cooperative"] == ["No cooperative of that name."]
