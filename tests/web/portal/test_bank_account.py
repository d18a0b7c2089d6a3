"""A cooperative's bank account: a second factor, a second person, and everybody is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from marketplace.core.versions import ChangedMeanwhile
from marketplace.core.worker import work_off
from tests.concurrency import at_once
from tests.factories import vendors as make
from tests.web.browsers import browser
from tests.web.kept.every_form import Form, posted_forms
from tests.web.second_factor import with_code
from vendors import queries, services
from vendors.models import BankAccount, Cooperative, Membership, User

pytestmark = pytest.mark.django_db
RIB, OTHER_RIB = "011519000001205000534921", "011780000019210016805555"
ANSWERS = {"holder_name": "COOP", "number": RIB, "bic": ""}


def strong(user: User, *, minutes_ago: float = 0) -> Client:
    return with_code(browser(user), user, minutes_ago=minutes_ago)


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


@pytest.fixture
def manager(own: Cooperative) -> User:
    return make.make_member(own)


@pytest.fixture
def path(own: Cooperative) -> str:
    return f"/portal/{own.slug}/profile/bank-account/"


def test_it_takes_two_members_with_a_code_each(own: Cooperative, manager: User, path: str) -> None:
    first = strong(manager)
    assert first.get(f"{path}change/").status_code == 200
    assert first.post(f"{path}change/", ANSWERS).headers["Location"] == path

    page = first.post(f"{path}confirm/", follow=True)
    assert queries.payout_account(own.pk) is None
    assert "Une autre personne" in page.content.decode()

    strong(make.make_member(own, "accountant")).post(f"{path}confirm/")
    account = queries.payout_account(own.pk)
    assert account is not None
    assert account.last_digits == "4921"


def test_without_a_second_factor_one_is_set_up_first(
    own: Cooperative, manager: User, path: str
) -> None:
    client = browser(manager)
    for answer in (client.get(f"{path}change/"), client.post(f"{path}change/", ANSWERS)):
        assert answer.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert queries.waiting_bank_account(own.pk) is None


def test_a_code_given_long_ago_is_asked_for_again(
    own: Cooperative, manager: User, path: str
) -> None:
    client = strong(manager, minutes_ago=16)
    answer = client.post(f"{path}change/", ANSWERS)
    assert answer.headers["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert queries.waiting_bank_account(own.pk) is None


def test_confirming_wants_a_code_too(own: Cooperative, manager: User, path: str) -> None:
    strong(manager).post(f"{path}change/", ANSWERS)
    browser(make.make_member(own, "accountant")).post(f"{path}confirm/")
    assert queries.payout_account(own.pk) is None


def test_the_whole_number_is_never_shown(manager: User, path: str) -> None:
    client = strong(manager)
    client.post(f"{path}change/", ANSWERS)
    page = client.get(path).content.decode()
    assert (RIB in page, RIB[4:20] in page, "4921" in page) == (False, False, True)


@pytest.mark.parametrize(
    "wrong", [{"number": "123"}, {"bic": "nonsense"}, {"bic": "BNPAFRPP"}, {"number": ""}]
)
def test_what_is_mistyped_is_sent_back(
    own: Cooperative, manager: User, path: str, wrong: dict[str, str]
) -> None:
    assert strong(manager).post(f"{path}change/", ANSWERS | wrong).status_code == 200
    assert queries.waiting_bank_account(own.pk) is None


def test_an_accountant_may_confirm_but_not_change(own: Cooperative, path: str) -> None:
    accountant = strong(make.make_member(own, "accountant"))
    assert accountant.post(f"{path}change/", ANSWERS).status_code == 403
    assert queries.waiting_bank_account(own.pk) is None


def test_a_change_is_told_to_the_old_contacts_and_shown(
    own: Cooperative, manager: User, path: str
) -> None:
    accountant = make.make_member(own, "accountant")
    seller = make.make_member(own, "seller")
    Membership.objects.within(own.scope).update(created_at=timezone.now() - timedelta(days=9))
    own.email, own.phone = "old@example.org", "0661223344"
    own.save()
    account = services.set_bank_account(
        cooperative=own, holder_name="C", number=OTHER_RIB, by=manager.actor
    )
    services.confirm_bank_account(account=account, by=accountant.actor)
    work_off()
    assert mail.outbox == []
    # Whoever took over the manager's account changes the contact first.
    services.change_contact(
        cooperative=own, phone="0700000000", email="thief@example.org", handling_days=3,
        by=manager.actor,
    )  # fmt: skip

    strong(manager).post(f"{path}change/", ANSWERS)
    work_off()

    told = [sent for sent in mail.outbox if "4921" in sent.body]
    expected = {"old@example.org", "thief@example.org", manager.email, accountant.email}
    assert {to for sent in told for to in sent.to} == expected
    assert seller.email not in expected
    assert RIB not in "".join(sent.body for sent in told)
    page = browser(accountant).get(path).content.decode()
    assert "old@example.org" in page
    assert "06 61 22 33 44" in page
    assert "07 00 00 00 00" not in page


def test_a_staff_person_calls_the_old_number_and_notes_it(own: Cooperative, manager: User) -> None:
    own.phone = "0661223344"
    own.save()
    staff = make.make_staff(own.programme, "coordinator")
    by = make.make_user().actor
    for number in (OTHER_RIB, RIB):
        services.set_bank_account(cooperative=own, holder_name="C", number=number, by=by)
    work_off()
    waiting = queries.waiting_bank_account(own.pk)
    assert waiting is not None
    notice = next(n for n in queries.told_of(waiting.pk, own.pk) if n.channel == "phone")
    page = f"/staff/mourafaka/cooperatives/by-name/{own.slug}/"
    client = strong(staff)
    assert "0661223344" in client.get(page).content.decode()
    client.post(f"{page}account/told/{notice.pk}/")
    told = next(n for n in queries.told_of(waiting.pk, own.pk) if n.channel == "phone")
    assert (told.told_by, told.told_at is not None) == (staff, True)


def test_who_joined_today_does_not_redirect_money(own: Cooperative, manager: User) -> None:
    known = make.make_user().actor
    account = services.set_bank_account(cooperative=own, holder_name="C", number=RIB, by=known)
    services.confirm_bank_account(account=account, by=manager.actor)
    answer = strong(manager).post(
        f"/portal/{own.slug}/profile/bank-account/change/", ANSWERS | {"number": OTHER_RIB}
    )
    assert answer.status_code == 200
    assert BankAccount.objects.within(own.scope).count() == 1


def test_an_account_entered_meanwhile_is_not_confirmed_unseen(
    own: Cooperative, manager: User, path: str
) -> None:
    """By a member and by staff who read the first one; nor one that was replaced, whoever asks."""
    first = services.set_bank_account(
        cooperative=own, holder_name="C", number=OTHER_RIB, by=manager.actor
    )
    member = make.make_member(own, "accountant")
    Membership.objects.within(own.scope).update(created_at=timezone.now() - timedelta(days=9))
    staff = strong(make.make_staff(own.programme, "coordinator"))
    clients = {path: strong(member), f"/staff/mourafaka/cooperatives/by-name/{own.slug}/": staff}
    for client in clients.values():
        client.cookies["twiza_language"] = "en"
    forms = {page: form_to_confirm(client, page) for page, client in clients.items()}
    services.set_bank_account(cooperative=own, holder_name="C", number=RIB, by=manager.actor)

    for page, client in clients.items():
        answer = client.post(forms[page].action, forms[page].hidden, follow=True)
        assert "changed this meanwhile" in answer.content.decode()
    with pytest.raises(ChangedMeanwhile):
        services.confirm_bank_account(account=first, by=member.actor)
    assert queries.payout_account(own.pk) is None

    again = form_to_confirm(clients[path], path)
    clients[path].post(again.action, again.hidden)
    account = queries.payout_account(own.pk)
    assert account is not None
    assert account.last_digits == "4921"


def form_to_confirm(client: Client, page: str) -> Form:
    """The form with which the account on a page is confirmed."""
    forms = posted_forms(page, client.get(page).content)
    return next(form for form in forms if "?account=" in form.action)


def test_two_who_enter_an_account_at_once_are_told_of_each_other(
    own: Cooperative, manager: User, path: str
) -> None:
    other = make.make_member(own)
    Membership.objects.within(own.scope).update(created_at=timezone.now() - timedelta(days=9))
    hers, his = strong(manager), strong(other)
    hers.cookies["twiza_language"] = "en"
    form = posted_forms(f"{path}change/", hers.get(f"{path}change/").content)[-1]
    his.post(f"{path}change/", ANSWERS | {"number": OTHER_RIB})

    answer = hers.post(f"{path}change/", form.hidden | ANSWERS)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "changed this meanwhile" in shown
    assert "saved this on" in shown
    assert added_by(own) == other
    # What she typed is still there; sent again it is what she wants.
    again = posted_forms(f"{path}change/", answer.content)[-1]
    assert ("number", ANSWERS["number"]) in again.values()
    assert hers.post(f"{path}change/", again.hidden | ANSWERS).status_code == 302
    assert added_by(own) == manager


def added_by(own: Cooperative) -> User | None:
    waiting = queries.waiting_bank_account(own.pk)
    return waiting.added_by if waiting else None


@pytest.mark.django_db(transaction=True)
def test_of_three_who_enter_an_account_at_once_one_does() -> None:
    own = make.make_cooperative(make.make_programme())
    people = [make.make_member(own) for _ in range(3)]
    version = queries.account_version(own.pk)

    def enter(by: User) -> None:
        services.set_bank_account(
            cooperative=own, holder_name=f"C {by.pk}", number=RIB, version=version, by=by.actor
        )

    raised = at_once(*[lambda by=by: enter(by) for by in people])  # type: ignore[misc]

    assert [type(error) for error in raised] == [ChangedMeanwhile] * 2
