"""A day of an accountant in the browser: each step is on the page, each entry leads to its paper.

Pages are reached as a person reaches them: by the menu, links and buttons, never by an address.
"""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from marketplace.ledger.accounting.fec import fec_problems
from tests.demos import Demo
from tests.e2e.acts import (
    APPROVER,
    GOOD_CARD,
    MANAGER,
    MANAGER_SLUG,
    PREPARER,
    PROGRAMME,
    WAYS,
    Way,
    pay_by_card,
    send,
)
from tests.e2e.conftest import OpenPage
from tests.e2e.sales import begin_order, receive_everything, ship_both_parts, until

pytestmark = pytest.mark.parametrize("way", WAYS[1:], ids=["French at a desk"])

HOME = f"/staff/{PROGRAMME}/"
# Columns of the lines of a run; their headings are in the reader's language.
PAYMENT, AMOUNT, CURRENCY, REASON = 1, -6, -5, -3
# The worker issues all that are due every five minutes.
ISSUE_INVOICE = """
from marketplace.core.actors import Actor
from marketplace.orders.models import VendorOrder
from marketplace.payments.invoices.issuing import issue_invoice
from vendors.scoping import Crossing
sold = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).get(number="{number}")
assert issue_invoice(vendor_order_id=sold.pk, by=Actor.system("test"))
"""
WIDE = {"width": 1360, "height": 900}


def go(page: Page, *endings: str) -> None:
    """Press one link after the other, each by the end of where it leads."""
    for ending in endings:
        page.locator(f"a[href$='{ending}'], a[href*='{ending}?']").locator(
            "visible=true"
        ).first.click()
        page.wait_for_load_state()


def sell(page: Page, demo: Demo, way: Way, sign_in: OpenPage, buyer: str) -> None:
    """An order of two cooperatives, delivered to its buyer."""
    begin_order(page, demo, way, buyer)
    pay_by_card(page, GOOD_CARD)
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
    ship_both_parts(sign_in, way, buyer)
    receive_everything(page, page.url.split("?")[0])


def open_delivered(sign_in: OpenPage, way: Way, buyer: str) -> tuple[Page, str]:
    """The cooperative's page of a delivered order, and the order's number."""
    member = sign_in(
        MANAGER, f"/portal/{MANAGER_SLUG}/orders/", phone=way.phone, language=way.language
    )
    go(member, "state=delivered")
    member.get_by_text(buyer).first.click()
    return member, member.locator("main .ltr").first.inner_text()


def take_back(sign_in: OpenPage, way: Way, buyer: str) -> str:
    """The cooperative records that a piece of its order came back; the order's number."""
    member, number = open_delivered(sign_in, way, buyer)
    go(member, "/returned/")
    member.locator("main input[inputmode=numeric]:not([type=hidden])").first.fill("1")
    member.fill("[name=reason]", "Refusé à l’ouverture")
    send(member, "main form button.btn.wide")
    return number


def refund(accountant: Page, number: str) -> None:
    """One piece of an order's first line, from the list of orders."""
    go(accountant, "/orders/")
    accountant.fill("main [name=q]", number)
    accountant.locator("main form button").first.click()
    accountant.get_by_role("link", name=number).click()
    go(accountant, "/refunds/orders/" + accountant.url.rstrip("/").rpartition("/")[2] + "/")
    accountant.locator("main input[inputmode=numeric]:not([type=hidden])").first.fill("1")
    accountant.fill("[name=reason]", "Retour du client")
    accountant.locator("[name=confirmed]").check()
    send(accountant, "main form button.btn.bad")
    expect(accountant.locator("main")).to_contain_text(number)
    go(accountant, "/refunds/")
    accountant.fill("main [name=q]", number)

    def is_made() -> bool:
        accountant.locator("main form button").first.click()
        accountant.wait_for_load_state()
        return accountant.locator("main tbody .badge.ok").count() == 1

    assert until(is_made), accountant.locator("main tbody").inner_text()


def pay_out(accountant: Page, sign_in: OpenPage, demo: Demo, way: Way) -> str:
    """A run that another person approves, and that is sent to the bank; its reference."""

    def is_prepared() -> bool:
        # The form is there once the worker has released the money of what has come.
        accountant.goto(demo.url + HOME)
        go(accountant, "/payouts/")
        if accountant.locator("form[action$='/prepare/']").count():
            send(accountant, "form[action$='/prepare/'] button")
        return "/payouts/VR-" in accountant.url

    assert until(is_prepared), accountant.locator("body").inner_text()
    reference = accountant.locator("h1 .ltr").inner_text()
    approver = sign_in(APPROVER, HOME, phone=way.phone, language=way.language)
    go(approver, "/payouts/", f"/payouts/{reference}/")
    total = approver.locator("form[action$='/approve/'] .money").first.inner_text()
    approver.fill(
        "form[action$='/approve/'] [name=total]", re.sub(r"[^\d.,]", "", total).strip(".,")
    )
    send(approver, "form[action$='/approve/'] button")
    send(approver, "form[action$='/file/'] button")
    accountant.reload()
    send(accountant, "form[action$='/sent/'] button")
    return reference


def download(page: Page, demo: Demo, ending: str) -> str:
    """The text of a file behind a link of the page."""
    link = page.locator(f"a[href$='{ending}'], a[href*='{ending}?']").first.get_attribute("href")
    answer = page.request.get(demo.url + str(link))
    assert answer.status == 200
    return answer.body().decode("utf-8-sig")


def upload(page: Page, folder: Path, name: str, rows: list[str]) -> None:
    """Choose a file and look at its preview."""
    (folder / name).write_text("\n".join(rows), encoding="utf-8")
    page.set_input_files("[name=file]", folder / name)
    send(page, "main form button.btn")


def bank_reports_one_returned(accountant: Page, demo: Demo, folder: Path, reference: str) -> None:
    """The bank's report: all payments made but the last, which came back."""
    _headings, *lines = csv.reader(io.StringIO(download(accountant, demo, "/lines.csv")))
    paid = [row for row in lines if not row[REASON]]
    rows = ["end_to_end_id;status;amount;currency;reason"]
    for row in paid:
        status, reason = ("returned", "AC04") if row is paid[-1] else ("paid", "")
        rows.append(";".join([row[PAYMENT], status, row[AMOUNT], row[CURRENCY], reason]))
    go(accountant, "/payouts/", "/payouts/answers/")
    upload(accountant, folder, f"{reference}.csv", rows)
    send(accountant, "main form button.btn.big")
    go(accountant, "/payouts/", f"/payouts/{reference}/", "?lines=returned")
    expect(accountant.locator("main tbody tr")).to_have_count(1)
    expect(accountant.locator("main")).to_contain_text("AC04")


def bring_in_statement(accountant: Page, folder: Path, way: Way, reference: str) -> None:
    """The bank's statement, with a payment that it reversed."""
    go(accountant, "/refunds/", "/refunds/bank/", "/refunds/bank/import/")
    rows = [
        "Date;Libellé;Débit;Crédit",
        f"01/12/2026;{reference};10,00;",
        f"01/12/2026;VIR RECU {way.language};;75,00",
        f"01/12/2026;EXTOURNE {way.language};;-75,00",
    ]
    upload(accountant, folder, f"releve-{way.language}.csv", rows)
    expect(accountant.locator("main tbody")).to_contain_text("EXTOURNE")
    send(accountant, "main form button.btn.big")
    go(accountant, "/refunds/", "/refunds/bank/")
    expect(accountant.locator("main")).to_contain_text(f"VIR RECU {way.language}")


def close_a_month(accountant: Page) -> None:
    """The oldest open month, from the accounts."""
    go(accountant, "/payouts/", "/books/")
    before = accountant.locator("main tbody").last.inner_text()
    go(accountant, "/books/close/")
    chosen = accountant.locator("[name=last_on] option").first.get_attribute("value")
    accountant.select_option("[name=last_on]", chosen)
    accountant.locator("[name=confirmed]").check()
    send(accountant, "main form button.btn.big")
    expect(accountant.locator("main tbody").last).not_to_have_text(before)


def journal_holds(accountant: Page, demo: Demo, numbers: set[str]) -> None:
    """The journal of the year as the tax office reads it, and as a table, names the documents."""
    today = datetime.now(UTC).date()
    accountant.fill("[name=first_on]", f"{today:%Y}-01-01")
    accountant.fill("[name=last_on]", today.isoformat())
    accountant.locator("main form button").first.click()
    accountant.wait_for_load_state()
    fec = download(accountant, demo, "/journal.txt")
    assert fec_problems(fec) == []
    rows = csv.DictReader(io.StringIO(download(accountant, demo, "/journal.csv")))
    assert {row["piece"] for row in rows} >= numbers


def leads_to_its_document_and_back(accountant: Page, number: str) -> None:
    """From the accounts to an entry, its document, and by a link of the document to the entry."""
    go(accountant, "/payouts/", "/ledger/")
    accountant.fill("[name=number]", number)
    accountant.locator("main form button").first.click()
    accountant.locator("main tbody").last.get_by_role("link", name=number).first.click()
    expect(accountant.locator("h1")).to_contain_text(number)
    accountant.locator("main a[href*='/ledger/?number=']").first.click()
    expect(accountant.locator("[name=number]")).to_have_value(number)
    expect(accountant.locator("main tbody").last).to_contain_text(number)


def invoice_is_at_hand(accountant: Page, demo: Demo, number: str) -> None:
    """The invoice of an order is on the order's page."""
    go(accountant, "/orders/")
    accountant.fill("main [name=q]", number)
    accountant.locator("main form button").first.click()
    accountant.get_by_role("link", name=number).click()
    issue = ISSUE_INVOICE.format(number=number)
    issued = demo.run("manage", "shell", "-c", issue, timeout=300)
    assert issued.returncode == 0, issued.stdout + issued.stderr
    accountant.reload()
    link = accountant.locator("main a[href*='/orders/papers/']").first.get_attribute("href")
    answer = accountant.request.get(demo.url + str(link))
    assert answer.body().startswith(b"%PDF")


def test_from_the_sales_to_the_journal(
    way: Way, demo: Demo, open_page: OpenPage, sign_in: OpenPage, tmp_path: Path
) -> None:
    buyers = [f"{name} {way.language}" for name in ("Hind Ouali", "Samir Kabbaj")]
    for buyer in buyers:
        sell(open_page(phone=way.phone, language=way.language), demo, way, sign_in, buyer)
    _member, sold = open_delivered(sign_in, way, buyers[0])
    returned = take_back(sign_in, way, buyers[1])
    accountant = sign_in(PREPARER, HOME, phone=way.phone, language=way.language)
    if not way.phone:
        accountant.set_viewport_size(WIDE)
    refund(accountant, sold)
    refund(accountant, returned)

    reference = pay_out(accountant, sign_in, demo, way)
    bank_reports_one_returned(accountant, demo, tmp_path, reference)
    bring_in_statement(accountant, tmp_path, way, reference)
    close_a_month(accountant)

    journal_holds(accountant, demo, {sold, returned, reference})
    for number in (sold, returned, reference):
        leads_to_its_document_and_back(accountant, number)
    invoice_is_at_hand(accountant, demo, sold)
    checked = demo.run("ledger", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
