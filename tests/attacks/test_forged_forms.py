"""Forms that another site sends in a person's name, and addresses that are not the shop's."""

from collections.abc import Callable

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor

MEMBER = "laine@twiza.example"


def test_a_form_without_its_token_changes_nothing(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    answer = somebody.post(
        "/accounts/login/", data={"login": MEMBER, "password": somebody.password}
    )
    tried("signing in without the form's token", answer.status_code)
    assert answer.status_code == 403
    assert "twiza_session" not in somebody.cookies


def test_a_form_of_another_site_is_refused_with_a_true_token(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    somebody = visitor()
    somebody.headers["Origin"] = "https://shop.example"
    answer = somebody.sign_in(MEMBER)
    tried("signing in from another site, with a true token", answer.status_code)
    assert answer.status_code == 403

    del somebody.headers["Origin"]
    assert somebody.sign_in(MEMBER).status_code == 302


def test_a_host_that_is_not_the_shop_gets_no_page(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    for host in ("shop.example", "localhost.shop.example", "localhost:80@shop.example"):
        answer = visitor().get("/ma/fr/", headers={"Host": host})
        tried(f"the home page for the host {host}", answer.status_code)
        assert answer.status_code == 400
