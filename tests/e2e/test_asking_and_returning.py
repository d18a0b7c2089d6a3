"""A buyer asks before buying and is answered; gives something back; says what it was like."""

import re

from playwright.sync_api import Page, expect

from tests.demos import Demo
from tests.e2e.acts import (
    GOOD_CARD,
    MANAGER,
    MANAGER_SLUG,
    PREPARER,
    PROGRAMME,
    WAYS,
    choose_delivery,
    pay_by_card,
    photograph,
    press,
    put_into_basket,
    send,
)
from tests.e2e.conftest import OpenPage
from tests.e2e.looking import look_at
from tests.e2e.outbox import open_mail
from tests.e2e.prepared import Placed, run_code
from tests.e2e.sales import first_product_of, until

ARABIC, FRENCH = WAYS


def order_two(page: Page, demo: Demo, listing: str, buyer: str, email: str) -> None:
    """Two pieces of a product, paid by card."""
    put_into_basket(page, listing)
    put_into_basket(page, listing)
    page.goto(demo.url + ARABIC.shop("checkout/"))
    page.fill("[name=name]", buyer)
    page.fill("[name=email]", email)
    page.fill("[name=phone]", "06 61 22 33 44")
    page.fill("[name=line1]", "12 زنقة الليمون")
    page.fill("[name=city]", "تيزنيت")
    page.select_option("[name=region_code]", "MA-09")
    press(page, "main form button.btn")
    choose_delivery(page)
    page.locator("[name=method][value=card]").check()
    press(page, "main form button.btn")
    pay_by_card(page, GOOD_CARD)
    expect(page).to_have_url(re.compile(r"/orders/[\w-]+/\?new=1$"))
    look_at(page, "a7-ordered")


def refuse_one_and_offer_another(member: Page, demo: Demo, buyer: str) -> None:
    """The member cannot send one of two pieces, and offers another product instead."""
    member.goto(f"{demo.url}/portal/{MANAGER_SLUG}/orders/")
    member.get_by_text(buyer).first.click()
    press(member, "a[href$='/refuse/']")
    member.locator("main form input[inputmode=numeric]").first.fill("١")
    member.locator("main details summary").first.click()
    other = member.locator("select[name^=instead-]").first
    other.select_option(index=1)
    # Without a reason it is sent back with what was typed.
    send(member, "main form button.btn")
    expect(member.locator("p.err")).to_have_count(1)
    expect(other).not_to_have_value("")
    look_at(member, "a8-refusing")
    member.locator("select[name^=reason-]").first.select_option("damaged")
    send(member, "main form button.btn")
    look_at(member, "a9-what-follows")
    send(member, "button[name=confirmed]")
    look_at(member, "a10-refused")


def take_the_other(page: Page) -> None:
    """The buyer reads on the page of the order what is missing, and takes what is offered."""
    page.goto(page.url.split("?")[0])
    expect(page.locator("main")).to_contain_text("تالف")
    look_at(page, "a11-offered")
    press(page, "form[action*='/instead/'] button.btn.big")
    expect(page).to_have_url(re.compile(r"/checkout/offer/$"))
    look_at(page, "a12-taken")


def test_a_question_is_answered_and_the_reply_by_mail_joins_it_before_the_order(
    demo: Demo, open_page: OpenPage, sign_in: OpenPage
) -> None:
    # given somebody who asks about a product, and gives a number away
    buyer, email = "نورة العلوي", "noura@example.org"
    page = open_page(phone=True, language="ar")
    listing = first_product_of(page, demo, ARABIC, MANAGER_SLUG)
    page.goto(listing)
    press(page, "main a[href$='/question/']")
    look_at(page, "a1-ask")
    page.fill("[name=name]", buyer)
    page.fill("[name=email]", email)
    page.fill("[name=text]", "هل هو مناسب للطبخ؟ رقمي 0661223344")
    press(page, "main form button.btn.big")
    expect(page.locator(".thread li")).to_have_count(1)
    look_at(page, "a2-asked")
    conversation = page.url.split("?")[0]

    # when the cooperative answers, and the buyer replies to the mail of that
    member = sign_in(MANAGER, f"/portal/{MANAGER_SLUG}/questions/", phone=True, language="ar")
    look_at(member, "a3-questions")
    member.get_by_text(buyer).first.click()
    expect(member.locator(".thread")).to_contain_text("رقمي")
    expect(member.locator("main")).not_to_contain_text("0661223344")
    expect(member.locator("main")).not_to_contain_text(email)
    member.fill("[name=text]", "نعم، هو محمّص للطبخ.")
    look_at(member, "a4-answering")
    send(member, "form[action$='/answer/'] button.btn.big")
    answered = member.url
    mail = open_page(phone=True, language="ar")
    open_mail(mail, demo, email, "محمّص للطبخ")
    look_at(mail, "a5-mail")
    mail.fill("[name=text]", "شكرا، سأطلبه اليوم.")
    press(mail, "main form button.btn")
    run_code(demo, "from marketplace.conversations.jobs import read_answers; read_answers()")

    # then the reply is in the conversation for both, without what it quotes
    member.goto(answered)
    expect(member.locator(".thread li")).to_have_count(3)
    expect(member.locator(".thread li").last).to_contain_text("سأطلبه اليوم")
    page.goto(conversation)
    expect(page.locator(".thread li").last).to_have_text(re.compile("سأطلبه اليوم.\\s*$"))
    look_at(page, "a6-thread")

    # and two pieces of the product are ordered
    order_two(page, demo, listing, buyer, email)

    # one of which cannot be sent: the buyer reads it, and takes another product instead
    refuse_one_and_offer_another(member, demo, buyer)
    take_the_other(page)


def test_a_return_is_refused_mediated_and_refunded_at_the_programmes_cost(
    demo: Demo, open_page: OpenPage, sign_in: OpenPage, orders: dict[str, Placed]
) -> None:
    # given an order of two products that has arrived
    order = orders["hafsa@example.org"]
    tracking = demo.url + FRENCH.shop(f"orders/{order.token}/")
    page = open_page(tracking.removeprefix(demo.url), language="fr")
    look_at(page, "b1-order")
    press(page, "a[href*='/complaints/new/']")

    # when the buyer gives one piece back, with a photograph, and the cooperative refuses
    page.locator("main form input[inputmode=numeric]").first.fill("1")
    page.locator("[name=reason][value=damaged]").check()
    page.fill("[name=text]", "La bouteille est arrivée fendue.")
    page.set_input_files("[name=photos]", photograph())  # type: ignore[arg-type]
    look_at(page, "b2-asking")
    press(page, "main form button.btn.big")
    expect(page.locator("main img[src*='/photos/']")).to_have_count(1)
    look_at(page, "b3-asked")
    complaint = page.url
    member = sign_in(MANAGER, f"/portal/{MANAGER_SLUG}/orders/complaints/", language="fr")
    look_at(member, "b4-complaints")
    press(member, f"a[href*='{complaint.rstrip('/').rpartition('/')[2]}']")
    press(member, "details:has(form[action$='/refuse/']) summary")
    member.fill("form[action$='/refuse/'] textarea", "Elle est partie en bon état.")
    look_at(member, "b5-refusing")
    send(member, "form[action$='/refuse/'] button")
    open_mail(open_page(language="fr"), demo, order.email, "partie en bon état")

    # and the mediator, whom the buyer asks, lets the programme bear a refund
    page.goto(complaint)
    look_at(page, "b6-refused")
    press(page, "button[value=mediator]")
    page.wait_for_load_state()
    staff = sign_in(PREPARER, f"/staff/{PROGRAMME}/complaints/", language="fr")
    look_at(staff, "b7-complaints")
    press(staff, f"a[href*='{complaint.rstrip('/').rpartition('/')[2]}']")
    staff.locator("[name=decision][value=refund]").check()
    staff.select_option("[name=borne_by]", "programme")
    staff.fill("[name=text]", "La photo montre une fente d’origine.")
    staff.locator("[name=confirmed]").check()
    look_at(staff, "b8-deciding")
    send(staff, "form[action$='/decide/'] button")

    # then the money goes back, once, and the books say who bears it
    def is_refunded() -> bool:
        page.goto(tracking)
        return page.locator("#refunds .badge.ok").count() == 1

    assert until(is_refunded), page.locator("main").inner_text()
    look_at(page, "b9-refunded")
    staff.reload()
    expect(staff.locator("dl.kv dd", has_text="le programme")).to_have_count(1)
    look_at(staff, "b10-decided")
    checked = demo.run("ledger", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_review_is_answered_and_both_are_shown(
    demo: Demo, open_page: OpenPage, sign_in: OpenPage, orders: dict[str, Placed]
) -> None:
    # given an order that has arrived
    order = orders["naima@example.org"]
    page = open_page(ARABIC.shop(f"orders/{order.token}/"), phone=True, language="ar")
    press(page, "a[href$='/reviews/']")
    look_at(page, "c1-own")
    press(page, "main section a.btn")

    # when its buyer says what it is like, and the cooperative answers
    page.locator("[name=stars][value='4']").check()
    page.fill("[name=text]", "رائحته طيّبة والتغليف متقن.")
    page.set_input_files("[name=photos]", photograph())  # type: ignore[arg-type]
    look_at(page, "c2-writing")
    press(page, "main form button.btn.big")
    expect(page.locator("main section .badge")).to_be_visible()
    look_at(page, "c3-written")
    member = sign_in(MANAGER, f"/portal/{MANAGER_SLUG}/reviews/", phone=True, language="ar")
    look_at(member, "c4-reviews")
    press(member, "main tbody a")
    member.fill("form[action$='/answer/'] textarea", "شكرا لكم، نفرح بعودتكم.")
    look_at(member, "c5-answering")
    send(member, "form[action$='/answer/'] button.btn.big")

    # then everybody reads both beside the product
    page.goto(demo.url + ARABIC.shop(f"cooperatives/{MANAGER_SLUG}/reviews/"))
    review = page.locator("main li[id^=review-]").first
    expect(review).to_contain_text("التغليف متقن")
    expect(review).to_contain_text("نفرح بعودتكم")
    look_at(page, "c6-reviews")
    review.locator("a[href*='/goods/']").first.click()
    expect(page.locator("main li[id^=review-]").first).to_contain_text("نفرح بعودتكم")
    look_at(page, "c7-listing")
