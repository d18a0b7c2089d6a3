"""VAT on the commission: one dated table, frozen with each line, booked, and then invoiced."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Entry
from marketplace.payouts.balances import commission_vat
from marketplace.payouts.balances.commission_vat import (
    NOT_CHARGED,
    CommissionVat,
    Vat,
    rate_for,
    vat_of,
)
from marketplace.payouts.documents.issue_commission_invoices import issue_for_month
from marketplace.payouts.documents.models import CommissionInvoice
from marketplace.payouts.models import FrozenCommission
from tests.payouts.books.undoing import undone
from tests.payouts.payers import known_payer
from tests.payouts.world import (
    MACHINE,
    SaleOf,
    balances,
    make_cooperative,
    make_programme,
    sold_and_delivered,
)
from vendors.models import Programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

ALL = Crossing.LEDGER_POSTING
SINCE, DAY = date(2024, 1, 1), date(2026, 11, 3)
IN_DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
ON_TOP = (
    CommissionVat(SINCE, None, "", "", 700, True, "general"),
    CommissionVat(SINCE, None, "", "MA", 1_000, True, "country"),
    CommissionVat(SINCE, None, "mourafaka", "", 2_000, False, "programme"),
)
CHANGED = (
    CommissionVat(SINCE, date(2026, 11, 20), "", "MA", 2_000, True, "law"),
    CommissionVat(date(2026, 11, 20), None, "", "MA", 1_000, True, "new law"),
)


# It charges VAT from then on.
named = partial(known_payer, since=date(2025, 1, 1))


def in_november() -> tuple[int, int]:
    """What the ledger took in the month: commission, and VAT on it, in minor units."""
    entries = Entry.objects.crossing(ALL).filter(
        transaction__booked_on__gte=date(2026, 11, 1), transaction__booked_on__lt=date(2026, 12, 1)
    )
    sums = dict(entries.values_list("account__code").annotate(total=Sum("amount_minor")).order_by())
    return -sums.get(AccountCode.COMMISSION, 0), -sums.get(AccountCode.TAX_PAYABLE, 0)


def invoiced(programme: Programme) -> tuple[int, int]:
    """What the month's invoices say: without VAT, and the VAT."""
    issue_for_month(programme=programme, month=DAY, by=MACHINE, now=IN_DECEMBER)
    documents = CommissionInvoice.objects.crossing(ALL)
    sums = documents.aggregate(net=Sum("net_minor", default=0), tax=Sum("tax_minor", default=0))
    return sums["net"], sums["tax"]


def test_a_payer_charges_vat_from_the_day_its_numbers_are_known_unless_it_is_exempt() -> None:
    programme = named(make_programme())
    assert vat_of(programme, date(2024, 12, 31)) == NOT_CHARGED
    assert vat_of(programme, date(2025, 1, 1)) == Vat(2_000, is_included=True)
    programme.country_codes = ["CM"]
    assert vat_of(programme, DAY) is None
    named(programme, vat_exemption="exempt, article 91")
    assert vat_of(programme, DAY) == NOT_CHARGED


def test_a_programmes_own_rate_goes_before_its_countrys_and_that_before_the_general_one() -> None:
    assert rate_for("mourafaka", "MA", DAY, known=ON_TOP) == Vat(2_000, is_included=False)
    assert rate_for("other", "MA", DAY, known=ON_TOP) == Vat(1_000, is_included=True)
    assert rate_for("other", "EG", DAY, known=ON_TOP) == Vat(700, is_included=True)
    assert rate_for("other", "EG", date(2023, 12, 31), known=ON_TOP) is None


def test_vat_in_the_commission_leaves_the_cooperative_what_it_had() -> None:
    sale = sold_and_delivered(make_cooperative(named(make_programme())), totals=(10_000, 55))
    # 12 % of 100.00 and of 0.55 are 12.00 and 0.07, in which 2.00 and 0.01 are VAT.
    assert (balances()["commission"], balances()["tax_payable"]) == (-1_006, -201)
    assert balances()["released"] == -(10_055 - 1_207)
    sale.refunded({0: 10_000, 1: 55})()
    assert {"commission", "tax_payable", "released"} & balances().keys() == set()


def test_vat_on_top_of_the_commission_is_booked_and_invoiced_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commission_vat, "known_rates", lambda: ON_TOP)
    programme = named(make_programme())
    sale = sold_and_delivered(make_cooperative(programme), totals=(10_000, 55))
    # 12 % of 100.00 and of 0.55, and 20 % of each of these
    assert in_november() == invoiced(programme) == (1_207, 241)
    assert balances()["released"] == -(10_055 - 1_207 - 241)
    sale.refunded({0: 10_000, 1: 55})()
    assert {"commission", "tax_payable", "released"} & balances().keys() == set()


def test_what_was_frozen_stays_when_the_payer_becomes_known_later() -> None:
    programme = make_programme()
    tifawine = make_cooperative(programme)
    early = SaleOf(tifawine)
    early.placed()()
    named(programme)
    early.captured()()
    early.delivered()()
    assert in_november() == (1_200, 0)
    late = sold_and_delivered(tifawine)
    assert in_november() == invoiced(programme) == (2_200, 200)
    rows = FrozenCommission.objects.crossing(ALL)
    assert [rows.get(sale_id=sale.sale_id).vat_bp for sale in (early, late)] == [0, 2_000]


def test_a_month_with_two_rates_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commission_vat, "known_rates", lambda: CHANGED)
    programme = named(make_programme())
    tifawine = make_cooperative(programme)
    sold_and_delivered(tifawine)
    sold_and_delivered(tifawine, when=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert in_november() == invoiced(programme) == (1_000 + 1_091, 200 + 109)
    document = CommissionInvoice.objects.crossing(ALL).get()
    assert document.facts["tax_rates_bp"] == [1_000, 2_000]


amounts = st.one_of(st.integers(1, 99), st.integers(1_000, 900_000))
sales = st.lists(
    st.tuples(
        st.integers(0, 1), st.lists(amounts, min_size=1, max_size=3), st.sampled_from([0, 33, 100])
    ),
    min_size=1,
    max_size=4,
)


def test_the_invoices_vat_is_the_ledgers_whatever_was_sold_and_refunded() -> None:
    programme = named(make_programme())
    cooperatives = [make_cooperative(programme), make_cooperative(programme, "tadla", rib="")]

    @settings(
        max_examples=40,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        story=sales,
        rate=st.sampled_from([0, 700, 1_400, 1_900, 2_000]),
        is_included=st.booleans(),
    )
    def try_one(story: list[tuple[int, list[int], int]], rate: int, *, is_included: bool) -> None:
        rates = (CommissionVat(SINCE, None, "", "MA", rate, is_included, "law"),)
        with undone(), pytest.MonkeyPatch.context() as patched:
            patched.setattr(commission_vat, "known_rates", lambda: rates)
            for which, totals, part in story:
                sale = sold_and_delivered(cooperatives[which], totals=tuple(totals))
                back = {n: -(-total * part // 100) for n, total in enumerate(totals)}
                if part:
                    sale.refunded(back)()
            net, tax = in_november()
            assert (net, tax) == invoiced(programme)
            documents = CommissionInvoice.objects.crossing(ALL)
            for document in documents:
                assert (
                    sum(line["net_minor"] for line in document.facts["lines"]) == document.net_minor
                )
            assert -balances().get("commission", 0) == net
            assert -balances().get("tax_payable", 0) == tax

    try_one()
