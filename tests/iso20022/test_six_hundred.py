"""Payments to six hundred cooperatives, named in Arabic and French, as banks read them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from marketplace.demo.world.bank_numbers import account_number
from marketplace.payouts.bank_files import pain001
from marketplace.payouts.bank_files.names import UnpayableName
from marketplace.payouts.models import PayoutLine, PayoutRun
from tests.iso20022.second_reader import parse
from vendors.geography import communes, regions
from vendors.models import Cooperative, Programme

Writer = Callable[[PayoutRun, list[PayoutLine]], bytes]
WRITERS = [
    pytest.param(pain001.write, id="pain.001.001.09"),
    pytest.param(pain001.write_old, id="pain.001.001.03"),
]
ASHORE = ("MA", "MA", "MA", "MA", "TN", "EG", "JO", "SN")
HOW_MANY = 600
BANK_SIGNS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/?:().,'+ -")


def cooperatives() -> list[Cooperative]:
    """One for each of six hundred communes of Morocco: its Arabic name, and its French one."""
    places = [place for region in regions("MA") for place in communes(region.code)]
    chosen = Random(7).sample(places, HOW_MANY)
    return [
        Cooperative(
            slug=f"cooperative-{n}",
            legal_name=f"تعاونية {place.name_ar} للأركان والزعفران",
            legal_name_latin=f"Coopérative féminine « {place.name_fr} » — Argan & Safran",
            country_code=ASHORE[n % len(ASHORE)],
        )
        for n, place in enumerate(chosen)
    ]


def a_run() -> tuple[PayoutRun, list[PayoutLine]]:
    chance = Random(8)
    programme = Programme(
        slug="mourafaka", legal_payer="Agence du développement coopératif",
        debtor_account="011519000001205000534921", debtor_bic="BMCEMAMC",
    )  # fmt: skip
    run = PayoutRun(
        programme=programme, currency="MAD", reference="TWZ-MOURAFAKA-2026-0042",
        approved_at=datetime(2026, 11, 26, 9, 0, tzinfo=UTC), execution_on=date(2026, 11, 27),
    )  # fmt: skip
    lines = [
        PayoutLine(
            run=run, cooperative=cooperative, position=n,
            amount_minor=chance.randrange(1, 9_000_000), holder_name=cooperative.legal_name_latin,
            account_number=account_number(chance, cooperative.country_code),
            account_bic="" if cooperative.country_code == "MA" else "TESTTNTT",
            end_to_end_id=f"TWZ{n:032d}",
        )
        for n, cooperative in enumerate(cooperatives(), start=1)
    ]  # fmt: skip
    run.total_minor = sum(line.amount_minor for line in lines)
    return run, lines


def read(content: bytes) -> Any:
    """The file by classes that are not ours, which take nothing that they do not know."""
    return parse(content).cstmr_cdt_trf_initn


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_for_six_hundred_cooperatives_is_valid_and_says_what_was_approved(
    write: Writer,
) -> None:
    run, lines = a_run()

    content = write(run, lines)

    pain001.validate(content)
    assert write(run, lines) == content
    message = read(content)
    (payment,) = message.pmt_inf
    total = Decimal(run.total_minor) / 100
    for part in (message.grp_hdr, payment):
        assert (int(part.nb_of_txs), part.ctrl_sum) == (HOW_MANY, total)
    transfers = payment.cdt_trf_tx_inf
    assert [t.amt.instd_amt.value for t in transfers] == [
        Decimal(line.amount_minor) / 100 for line in lines
    ]
    assert {t.amt.instd_amt.ccy for t in transfers} == {"MAD"}
    assert [t.pmt_id.end_to_end_id for t in transfers] == [line.end_to_end_id for line in lines]
    assert [t.cdtr_acct.id.iban or t.cdtr_acct.id.othr.id for t in transfers] == [
        line.account_number for line in lines
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_names_are_their_latin_ones_without_an_accent(write: Writer) -> None:
    run, lines = a_run()

    names = [t.cdtr.nm for t in read(write(run, lines)).pmt_inf[0].cdt_trf_tx_inf]

    assert len(set(names)) == len({line.holder_name for line in lines})
    assert all(set(name) <= BANK_SIGNS for name in names)
    assert all(name.startswith("Cooperative feminine ") for name in names)
    assert all(len(name) <= 70 for name in names)


@pytest.mark.parametrize("write", WRITERS)
def test_one_arabic_name_among_six_hundred_stops_the_file(write: Writer) -> None:
    run, lines = a_run()
    lines[311].holder_name = lines[311].cooperative.legal_name

    with pytest.raises(UnpayableName):
        write(run, lines)
