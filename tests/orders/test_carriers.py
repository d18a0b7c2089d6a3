"""Links to carriers' pages: of names as they are typed, and of the operator's own file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marketplace.core.checkup import Mark
from marketplace.orders import carriers
from marketplace.orders.carriers import carrier_names, read_carriers, tracking_page
from marketplace.orders.checks import carriers as check

HEAD = "valid_from,valid_to,name,also,address,source\n"
DAY = date(2026, 12, 1)


@pytest.fixture
def own_file(tmp_path: Path, settings: Any) -> Path:
    """The operator's file; what was read of it is forgotten."""
    path = tmp_path / "carriers.csv"
    settings.CARRIERS = str(path)
    read_carriers.cache_clear()
    return path


@pytest.mark.parametrize("typed", ["DHL", "dhl", " D.H.L ", "DHL Express", "dhl-express"])
def test_a_carrier_is_known_however_it_is_typed(typed: str) -> None:
    page = tracking_page(typed, "JD01 4600 0012", DAY)

    assert page == "https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD0146000012"


@pytest.mark.parametrize(
    ("carrier", "number"),
    [
        ("", "JD0146000012"), ("my cousin's van", "JD0146000012"), ("DHL", ""), ("DHL", "x"),
        ("DHL", "QB1"), ("DHL", "javascript:alert(1)"), ("DHL", "1234&to=//evil.example"),
    ],
)  # fmt: skip
def test_there_is_no_link_to_what_is_not_known(carrier: str, number: str) -> None:
    assert tracking_page(carrier, number, DAY) == ""


def test_before_its_first_day_a_page_is_not_known() -> None:
    assert tracking_page("DHL", "JD0146000012", date(2026, 11, 30)) == ""


def test_the_operators_own_address_goes_before_ours(own_file: Path) -> None:
    own_file.write_text(
        HEAD
        + "2020-01-01,,DHL,,https://dhl.example/{number}/fr,operator\n"
        + "2020-01-01,2026-06-01,Amana,poste maroc,https://old.example/{number},operator\n"
        + "2026-06-01,,Amana,poste maroc,https://new.example/?n={number},operator\n"
    )

    assert tracking_page("dhl", "1234567890", DAY) == "https://dhl.example/1234567890/fr"
    assert tracking_page("Poste Maroc", "QB12", DAY) == "https://new.example/?n=QB12"
    assert tracking_page("Amana", "QB12", date(2026, 5, 31)) == "https://old.example/QB12"
    assert carrier_names(DAY) == ["Amana", "Colissimo", "DHL", "FedEx", "UPS"]
    assert [finding.mark for finding in check()] == [Mark.GOOD]


@pytest.mark.parametrize(
    "address",
    ["http://a.example/{number}", "https://{number}.example/", "https://a.example/", "not one"],
)
def test_a_file_that_cannot_be_taken_is_said_and_ours_still_hold(
    own_file: Path, address: str
) -> None:
    own_file.write_text(f"{HEAD}2020-01-01,,Own,,{address},operator\n")

    (found,) = check()

    assert "line 2" in found.message
    assert tracking_page("UPS", "1Z999AA10123456784", DAY)
    assert carriers.FILE.exists()
