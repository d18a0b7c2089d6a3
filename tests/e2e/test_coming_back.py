"""A buyer comes back: waits for a product, finds a guest's order, uses a voucher, is forgotten."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import (
    APPROVER,
    GOOD_CARD,
    MANAGER,
    MANAGER_SLUG,
    PREPARER,
    PROGRAMME,
    WAYS,
    choose_delivery,
    fill_address,
    pay_by_card,
    press,
    put_into_basket,
    send,
)
from tests.e2e.conftest import OpenPage
from tests.e2e.looking import look_at
from tests.e2e.outbox import open_mail
from tests.e2e.prepared import Placed, bring_order, run_code
from tests.e2e.sales import first_product_of, until

ARABIC, FRENCH = WAYS
BUYER = "buyer@twiza.example"
PORTAL = f"/portal/{MANAGER_SLUG}/"
# Every sum of the ledger, and of what was ordered, before and after, in one snapshot of the
# database: what the worker books meanwhile is in neither. It waits until they are written.
ERASED = """
from contextlib import ExitStack
from django.db import connection, transaction
from django.db.models import Count, Sum
from marketplace.ledger.models import Entry
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import Order
from marketplace.personal_data.jobs import erase
from marketplace.personal_data.models import Erasure
from vendors.scoping import Crossing

def show():
    every = Entry.objects.crossing(Crossing.SCHEDULED_JOB).values_list("account", "currency")
    print("SUMS", sorted(every.annotate(sum=Sum("amount_minor"), rows=Count("pk")), key=str))
    print("SUMS", Order.objects.aggregate(Sum("total_minor"), Sum("goods_minor"), Count("pk")))

with ExitStack() as held:
    for key in Erasure.objects.filter(finished_at=None).values_list("pk", flat=True):
        held.enter_context(one_at_a_time(key))
    with transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        show()
        erase()
        show()
"""


def stock(member: Page, count: str) -> None:
    """What a member of the cooperative counts on its page of a product."""
    member.fill("#stock [name=quantity]", count)
    send(member, "#stock button")


def test_a_favourite_that_is_sold_out_is_told_of_when_it_is_back(
    demo: Demo, open_page: OpenPage, sign_in: OpenPage
) -> None:
    # given a buyer with a favourite that sells out
    page = sign_in(BUYER, FRENCH.shop(f"cooperatives/{MANAGER_SLUG}/"), language="fr")
    listing = first_product_of(page, demo, FRENCH, MANAGER_SLUG)
    title = page.locator("h1").inner_text()
    press(page, "main form[action*='/account/favourites/'] button:not([name=remove])")
    expect(page.locator("form[action*='/account/favourites/'] [name=remove]")).to_have_count(1)
    member = sign_in(MANAGER, f"{PORTAL}listings/", language="fr")
    member.goto(f"{demo.url}{PORTAL}listings/?q={title}")
    member.locator("main a").filter(has_text=title, visible=True).first.click()
    stock(member, "0")

    def is_sold_out() -> bool:
        page.goto(listing)
        return page.locator("main form[action*='/account/waiting/']").count() == 1

    assert until(is_sold_out)
    look_at(page, "d1-sold-out")
    press(page, "main form[action*='/account/waiting/'] button")
    expect(page.locator("form[action*='/account/waiting/'] [name=remove]")).to_have_count(1)
    look_at(page, "d2-waiting")

    # when there is some again, one mail says so, and leads back to it
    stock(member, "30")
    # In the mail the spaces of a quantity may break.
    named = r"\s".join(re.escape(word) for word in title.split())
    told = open_mail(open_page(language="fr"), demo, BUYER, rf"{named}[\s\S]*(/ma/fr/\S+)")
    page.goto(demo.url + told[1])
    expect(page.locator("#buy button:not([type=button])")).to_be_enabled()
    page.goto(demo.url + FRENCH.shop("account/favourites/"))
    expect(page.locator("main")).to_contain_text(title)
    look_at(page, "d3-favourites")


def test_a_guests_order_is_claimed_by_who_proves_its_address(
    demo: Demo, open_page: OpenPage, orders: dict[str, Placed]
) -> None:
    # given a guest who ordered, and makes an account with the same address
    order = orders["maryam@example.org"]
    page = open_page("/accounts/signup/", phone=True, language="ar")
    page.fill("[name=email]", order.email)
    for field in ("password1", "password2"):
        page.fill(f"[name={field}]", "une-phrase-assez-longue")
    look_at(page, "e1-signing-up")
    press(page, "main form button.btn")
    page.wait_for_url(re.compile(r"/confirm-email/"))
    look_at(page, "e2-proving")

    # while the address is not proven, nobody is signed in; the mail's code proves it
    other = open_page(language="ar")
    told = open_mail(other, demo, order.email, r"\b([A-Z0-9]{4}-?[A-Z0-9]{4})\b\s")
    page.fill("[name=code]", told[1])
    press(page, "main form button.btn")
    page.wait_for_url(lambda url: "/confirm-email/" not in url)

    # then the order is there, and can be opened
    page.goto(demo.url + ARABIC.shop("account/"))
    look_at(page, "e3-claimed")
    page.get_by_role("link", name=order.number).click()
    expect(page).to_have_url(re.compile(r"/ma/ar/orders/[\w-]+/$"))
    expect(page.locator("main")).to_contain_text(order.number)


def test_an_erased_buyer_leaves_every_sum_as_it_was(
    demo: Demo, open_page: OpenPage, orders: dict[str, Placed]
) -> None:
    # given a buyer who proves an address with which something was ordered
    order = orders["lucie@example.org"]
    page = open_page(FRENCH.shop("my-data/"), language="fr")
    page.fill("[name=email]", order.email)
    look_at(page, "f1-asking")
    press(page, "main form button.btn.big")
    told = open_mail(open_page(language="fr"), demo, order.email, r"(/ma/fr/my-data/\S+)")
    page.goto(demo.url + told[1])
    expect(page.locator("main")).to_contain_text(order.number)
    expect(page.locator("main")).to_contain_text(order.buyer)
    look_at(page, "f2-data")

    # when they ask to be erased, and it is done
    page.locator("[name=sure]").check()
    press(page, "main form button.btn.bad")
    expect(page.locator("main form button.btn.bad")).to_have_count(0)
    look_at(page, "f3-asked")
    done = run_code(demo, ERASED)

    # then no sum has changed, and nobody is named any more
    sums = [line for line in done.splitlines() if line.startswith("SUMS")]
    assert sums[:2] == sums[2:]
    assert len(sums) == 4
    open_mail(open_page(language="fr"), demo, order.email, "effacé")


def test_a_voucher_of_the_programme_stands_on_the_cooperatives_statement(
    demo: Demo, open_page: OpenPage, sign_in: OpenPage
) -> None:
    # given a voucher that one of staff proposes and another confirms
    code = f"TWIZA{timezone.now():%H%M%S}"
    staff = sign_in(PREPARER, f"/staff/{PROGRAMME}/vouchers/propose/", phone=True, language="ar")
    staff.fill("[name=code]", code)
    staff.select_option("[name=kind]", "percent")
    staff.fill("[name=percent]", "10")
    staff.select_option("[name=bearer]", "programme")
    staff.fill("[name=last_on]", str(timezone.localdate() + timedelta(days=9)))
    look_at(staff, "g1-proposing")
    send(staff, "main form button.btn")
    approver = sign_in(APPROVER, f"/staff/{PROGRAMME}/vouchers/", phone=True, language="ar")
    press(approver, f"a:has-text({code!r})")
    look_at(approver, "g2-confirming")
    send(approver, "form[action$='/confirm/'] button")

    # when a buyer pays with it, and the parcel arrives
    page = open_page(phone=True, language="ar")
    put_into_basket(page, first_product_of(page, demo, ARABIC, MANAGER_SLUG))
    page.goto(demo.url + ARABIC.shop("basket/"))
    page.fill("#voucher-code", code)
    press(page, "form[action$='/basket/voucher/'] button")
    expect(page.locator("main")).to_contain_text(code)
    look_at(page, "g3-basket")
    page.goto(demo.url + ARABIC.shop("checkout/"))
    fill_address(page, ARABIC, buyer="سناء الوافي")
    choose_delivery(page)
    page.locator("[name=method][value=card]").check()
    look_at(page, "g4-paying")
    press(page, "main form button.btn")
    pay_by_card(page, GOOD_CARD)
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
    expect(page.locator("#amounts")).to_contain_text(code)
    look_at(page, "g5-ordered")
    number = page.locator("main bdi[dir=ltr], main .ltr").first.inner_text()
    bring_order(demo, number)

    # then the cooperative's statement of the month says who bears it
    member = sign_in(MANAGER, f"{PORTAL}money/statements/", phone=True, language="ar")
    press(member, "main a[href*='/money/statements/20']")
    statement = member.url

    def is_there() -> bool:
        member.goto(statement)
        return "قسائم على نفقة البرنامج أو جهة" in member.locator("main").inner_text()

    assert until(is_there), member.locator("main").inner_text()
    look_at(member, "g6-statement")
