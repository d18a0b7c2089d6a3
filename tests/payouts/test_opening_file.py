"""A file of opening balances: read line by line, wrong lines named, booked once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.core.money import Money
from marketplace.ledger.accounting.bring_in_balances import Opening
from marketplace.ledger.accounting.opening_file import read_openings
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import OpeningsUnreadable
from tests.payouts.world import balances, make_cooperative, make_programme, make_user
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
HEAD = "account;cooperative;currency;debit;credit\n"
GOOD = f"{HEAD}bank;;MAD;5 000,00;\nreleased;tifawine;MAD;;1200\npsp_clearing;;EUR;٣٫٥٠;\n"
PAGE = "/staff/mourafaka/books/opening/"
GIVEN = {"on": "2026-11-01", "source": "Cabinet Alami"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


@pytest.fixture
def keeper(programme: Programme) -> Client:
    return browser(make_user("keeper", programme, "finance_approver"))


def problems(programme: Programme, content: str) -> list[tuple[int, str]]:
    with pytest.raises(OpeningsUnreadable) as refused:
        read_openings(programme, content.encode(), ON)
    return refused.value.problems


def test_a_file_is_read_with_separators_and_digits_as_people_write_them(
    programme: Programme, tifawine: Cooperative
) -> None:
    expected = [
        Opening(AccountCode.BANK, Money(500_000, "MAD")),
        Opening(AccountCode.RELEASED, Money(-120_000, "MAD"), tifawine.pk),
        Opening(AccountCode.PSP_CLEARING, Money(350, "EUR")),
    ]
    for content in (GOOD.encode(), b"\xef\xbb\xbf" + GOOD.encode()):
        assert read_openings(programme, content, ON) == expected


def test_an_account_may_be_named_by_its_number_in_the_programmes_chart(
    programme: Programme,
) -> None:
    (opening,) = read_openings(programme, f"{HEAD}514100;;MAD;1;\n".encode(), ON)
    assert opening.code == AccountCode.BANK


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("cash;;MAD;1;", "there is no account “cash”"),
        ("opening;;MAD;1;", "there is no account “opening”"),
        ("released;;MAD;;1", "the programme has no cooperative “”"),
        ("released;stranger;MAD;;1", "the programme has no cooperative “stranger”"),
        ("bank;tifawine;MAD;1;", "not kept per cooperative"),
        ("bank;;MAD;1;1", "under debit or under credit"),
        ("bank;;MAD;;", "under debit or under credit"),
        ("bank;;EUR;1.500;", "column “debit”, “1.500”: “1.500” can mean €1.50 or €1\u202f500.00."),
        ("bank;;MAD;;1.5.0", "column “credit”, “1.5.0”: Enter the amount in digits"),
        ("bank;;MAD;much;", "column “debit”, “much”: Enter the amount in digits"),
        ("bank;;MAD;NaN;", "column “debit”, “NaN”: Enter the amount in digits"),
        ("bank;;MAD;12 €;", "column “debit”, “12 €”: Enter the amount in Moroccan Dirham"),
        ("bank;;MAD;-1;", "negative amounts are not allowed"),
        ("bank;;dirham;1;", "“dirham” is not a currency"),
        ("bank;;MAD;1;\nbank;;MAD;2;", "the same account already appears on line 2"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(
    programme: Programme, tifawine: Cooperative, row: str, why: str
) -> None:
    make_cooperative(make_programme("other"), "stranger")
    ((line, said),) = problems(programme, f"{HEAD}{row}\n")
    assert line == 1 + len(row.splitlines())
    assert why in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "columns missing"),
        ("account;debit\n", "cooperative, currency, credit"),
        (HEAD, "no bal"),
    ],
)
def test_a_file_that_is_none_says_so(programme: Programme, content: str, why: str) -> None:
    ((line, said),) = problems(programme, content)
    assert line == 1
    assert why in said


def test_the_page_shows_first_and_books_with_the_second_button_once(
    programme: Programme, tifawine: Cooperative, keeper: Client, tmp_path: Path
) -> None:
    file = tmp_path / "balances.csv"
    file.write_text(GOOD)
    with file.open("rb") as content:
        looked = keeper.post(PAGE, {**GIVEN, "file": content})
    html = looked.content.decode()
    assert looked.status_code == 200
    assert "1\u202f200,00\u00a0DH" in html
    assert tifawine.legal_name in html
    assert balances() == {}

    for _twice in range(2):
        booked = keeper.post(PAGE, {**GIVEN, "content": GOOD, "keep": "1"})
        assert booked.status_code == 302
    assert balances() == {"bank": 500_000, "released": -120_000, "opening": -380_000}

    other = keeper.post(PAGE, {**GIVEN, "content": GOOD.replace("1200", "1300"), "keep": "1"})
    assert other.status_code == 422
    assert balances()["released"] == -120_000


def test_the_page_names_wrong_lines_and_books_nothing(
    programme: Programme, tifawine: Cooperative, keeper: Client
) -> None:
    answer = keeper.post(PAGE, {**GIVEN, "content": f"{GOOD}caisse;;MAD;1;\n", "keep": "1"})
    assert answer.status_code == 422
    assert "Ligne 5" in answer.content.decode()
    assert "il n’y a pas de compte" in answer.content.decode()
    assert balances() == {}


def test_a_preparer_brings_nothing_in(programme: Programme, tifawine: Cooperative) -> None:
    client = browser(make_user("observer", programme, "observer"))
    assert client.post(PAGE, {**GIVEN, "content": GOOD, "keep": "1"}).status_code == 403
    assert balances() == {}


def test_the_command_books_a_file_after_a_dry_run(
    programme: Programme, tifawine: Cooperative, tmp_path: Path
) -> None:
    keeper = make_user("keeper", programme, "finance_approver")
    file, wrong = tmp_path / "balances.csv", tmp_path / "wrong.csv"
    file.write_text(GOOD)
    wrong.write_text(f"{HEAD}caisse;;MAD;1;\n")
    told = ["--programme", "mourafaka", "--on", "2026-11-01", "--source", "x", "--by", keeper.email]

    call_command("ledger", "open", str(file), *told, "--dry-run")
    assert balances() == {}
    with pytest.raises(CommandError, match="line 2: there is no account “caisse”"):
        call_command("ledger", "open", str(wrong), *told)
    call_command("ledger", "open", str(file), *told)
    assert balances()["bank"] == 500_000
    nobody = make_user("nobody")
    with pytest.raises(CommandError):
        call_command("ledger", "open", str(file), *told[:-1], nobody.email)
