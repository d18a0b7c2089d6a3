"""Forms that were kept because they could not be saved: another person's, huge ones, secrets."""

import html
import re
from collections.abc import Callable

from tests.attacks.recorder import Tried
from tests.attacks.visitor import TOKEN, Visitor

MEMBER, OTHER_MEMBER = "laine@twiza.example", "argan@twiza.example"
MARK = re.compile(r'name="form_mark" value="([^"]+)"')
KEPT = re.compile(r'name="kept_form" value="([^"]+)"')
PORTAL = re.compile(r"^/portal/([^/]+)/")
STORY = "</textarea><script>alert('kept')</script>"


def cooperative_of(somebody: Visitor, email: str) -> str:
    """Sign in, and give the cooperative of whoever it is."""
    somebody.sign_in(email)
    page = somebody.get("/accounts/home/", follow_redirects=True)
    found = PORTAL.match(page.url.path)
    assert found, page.url
    return found[1]


def text_page(cooperative: str) -> str:
    return f"/portal/{cooperative}/profile/texts/fr/"


def send_signed_out(somebody: Visitor, page: str, **typed: str) -> str:
    """Open a form, lose the session, send it; gives the mark that the form had."""
    opened = somebody.get(page).text
    token, mark = TOKEN.search(opened), MARK.search(opened)
    assert token, page
    assert mark, page
    del somebody.cookies["twiza_session"]
    typed |= {"csrfmiddlewaretoken": token[1], "form_mark": html.unescape(mark[1])}
    answer = somebody.post(page, data=typed)
    assert answer.status_code == 302, answer.status_code
    return html.unescape(mark[1])


def test_what_was_typed_comes_back_to_its_person_alone(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    weaver = visitor()
    page = text_page(cooperative_of(weaver, MEMBER))
    send_signed_out(weaver, page, name="Kept for Laine", story=STORY)

    other = visitor()
    other_page = text_page(cooperative_of(other, OTHER_MEMBER))
    other.cookies.update({"twiza_forms": weaver.cookies.get("twiza_forms", "")})
    for asked in (other_page, page):
        seen = "Kept for Laine" in other.get(asked).text
        tried("another member, with the browser's cookie of the first", seen)
        assert not seen

    weaver.sign_in(MEMBER)
    shown = weaver.get(page).text
    tried("the same person signs in again", "Kept for Laine" in shown)
    assert "Kept for Laine" in shown
    tried("markup in what was typed is run", "<script>alert('kept')" in shown)
    assert "<script>alert('kept')" not in shown

    kept = KEPT.search(shown)
    assert kept
    answer = other.send_form(f"/accounts/kept/{kept[1]}/discard/", {}, page=other_page)
    tried("another member discards it", answer.status_code)
    assert answer.status_code == 404
    answer = weaver.send_form(f"/accounts/kept/{kept[1]}/discard/", {}, page=page)
    assert answer.status_code == 302
    assert "Kept for Laine" not in weaver.get(page).text


def test_a_mark_cannot_be_made_up_or_moved(visitor: Callable[[], Visitor], tried: Tried) -> None:
    weaver, other = visitor(), visitor()
    page = text_page(cooperative_of(weaver, MEMBER))
    other_page = text_page(cooperative_of(other, OTHER_MEMBER))
    mark = MARK.search(other.get(other_page).text)
    assert mark
    stolen = html.unescape(mark[1])
    for kind, given in (("cut", stolen[:-3]), ("another's", stolen), ("invented", "u:1")):
        stranger = visitor()
        token = TOKEN.search(stranger.get("/accounts/login/").text)
        assert token
        data = {"name": f"Planted by {kind}", "csrfmiddlewaretoken": token[1], "form_mark": given}
        stranger.post(page, data=data)
        seen = f"Planted by {kind}" in weaver.get(page).text
        tried(f"a stranger sends a form to a member's page with a mark that is {kind}", seen)
        assert not seen


def test_another_site_puts_no_words_into_a_form(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    weaver = visitor()
    page = text_page(cooperative_of(weaver, MEMBER))
    for headers in ({"Origin": "https://shop.example"}, {"Origin": "null"},
                    {"Sec-Fetch-Site": "cross-site"}):  # fmt: skip
        answer = weaver.post(page, data={"name": "Planted by a site"}, headers=headers)
        seen = "Planted by a site" in weaver.get(page).text
        tried(f"a form of another site, {headers}", f"{answer.status_code}, shown later: {seen}")
        assert answer.status_code == 403
        assert not seen


def test_huge_and_many_forms_are_not_kept(visitor: Callable[[], Visitor], tried: Tried) -> None:
    weaver = visitor()
    page = text_page(cooperative_of(weaver, MEMBER))
    send_signed_out(weaver, page, name="Huge", story="a" * 400_000)
    weaver.sign_in(MEMBER)
    seen = 'value="Huge"' in weaver.get(page).text
    tried("a form of 400 kB comes back", seen)
    assert not seen

    stranger = visitor()
    for number in range(30):
        stranger.post("/ma/fr/checkout/", data={"name": f"Nobody {number}"})
    answer = stranger.get("/ma/fr/")
    tried("thirty forms of a stranger without a token; the shop afterwards", answer.status_code)
    assert answer.status_code == 200


def test_no_secret_comes_back(visitor: Callable[[], Visitor], tried: Tried) -> None:
    weaver = visitor()
    page = text_page(cooperative_of(weaver, MEMBER))
    secrets = {"password": "hunter2hunter2", "otp": "424242", "code": "424242", "cvc": "737",
               "card_number": "4242424242424242", "recovery_code": "a1b2c3d4"}  # fmt: skip
    send_signed_out(weaver, page, name="With secrets", **secrets)
    weaver.sign_in(MEMBER)
    shown = weaver.get(page).text
    assert "With secrets" in shown
    found = [name for name, value in secrets.items() if value in shown]
    tried("passwords, codes and card numbers sent with a form that comes back", found)
    assert found == []
