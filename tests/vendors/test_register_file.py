"""The operator's table of cooperatives: read whole or refused with the line, and repeatable."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories.vendors import make_programme
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

HEADER = "slug,name,name_ar,kind,sector,region,place,address\n"
ROW = "{slug},Coopérative {slug},تعاونية,women,food,MA-09,Taroudant,12 rue du Souk\n"
WITH_CONTACT = HEADER.replace("\n", ",postal_code,phone\n")
CONTACT = ROW.format(slug="good").replace("\n", ",{postal_code},{phone}\n")


def register(folder: Path, *slugs: str, programme: str = "mourafaka", text: str = "") -> str:
    table = folder / "cooperatives.csv"
    table.write_text(text or HEADER + "".join(ROW.format(slug=slug) for slug in slugs), "utf-8")
    out = StringIO()
    call_command("programme", "cooperatives", programme, "--csv", str(table), stdout=out)
    return out.getvalue()


def registered() -> set[str]:
    found = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
    return set(found.values_list("slug", flat=True))


def test_cooperatives_are_registered_and_published_once(tmp_path: Path) -> None:
    make_programme("mourafaka")

    first = register(tmp_path, "bees-of-souss", "bees-of-atlas")
    second = register(tmp_path, "bees-of-souss", "bees-of-rif")

    assert "registered: 2" in first
    assert "registered: 1\nknown before: 1" in second
    assert registered() == {"bees-of-souss", "bees-of-atlas", "bees-of-rif"}
    states = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND).values_list("status")
    assert set(states) == {("active",)}


def test_phone_and_postal_code_are_kept_in_one_form(tmp_path: Path) -> None:
    make_programme("mourafaka")

    register(
        tmp_path, text=WITH_CONTACT + CONTACT.format(postal_code="٨٣٠٠٠", phone="06 61 22 33 44")
    )

    row = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND).get()
    assert (row.postal_code, row.phone) == ("83000", "+212661223344")


def test_another_programmes_cooperative_is_not_taken_over(tmp_path: Path) -> None:
    make_programme("mourafaka")
    make_programme("tawassol")
    register(tmp_path, "bees-of-souss")

    with pytest.raises(CommandError, match="bees-of-souss"):
        register(tmp_path, "bees-of-rif", "bees-of-souss", programme="tawassol")

    assert registered() == {"bees-of-souss"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + ROW.format(slug="good") + ROW.format(slug="Not A Slug"), "Line 3"),
        (HEADER + ROW.format(slug="good").replace("MA-09", ""), "region is empty"),
        (HEADER.replace("region,", "") + "x\n", "region"),
        (HEADER + ROW.format(slug="good").replace("food", "spaceships"), "Line 2"),
        (HEADER + ROW.format(slug="good").replace("food", '"food'), "Line 2: a quotation mark"),
        (HEADER.replace("slug,", '"slug,') + ROW.format(slug="good"), "Line 1: a quotation mark"),
        (HEADER + ROW.format(slug="good").rstrip() + ",more\n", "Line 2: the row has more fields"),
        (HEADER + ROW.format(slug="good").replace("MA-09", "MA-99"), "MA-99"),
        (WITH_CONTACT + CONTACT.format(postal_code="ABC", phone=""), "Line 2.*53000"),
        (WITH_CONTACT + CONTACT.format(postal_code="83000", phone="0661"), "Line 2.*06 50"),
        (WITH_CONTACT + CONTACT.format(postal_code="", phone="").replace("Taroudant", "1"), "town"),
    ],
)
def test_a_wrong_table_is_refused_with_the_place_and_registers_nothing(
    tmp_path: Path, text: str, said: str
) -> None:
    make_programme("mourafaka")

    with pytest.raises(CommandError, match=said):
        register(tmp_path, text=text)

    assert registered() == set()


def test_an_unknown_programme_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no programme 'nobody'"):
        register(tmp_path, "bees-of-souss", programme="nobody")
