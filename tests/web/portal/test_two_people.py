"""Two people, or two tabs, change one thing: each is told, and nothing is overwritten unseen."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from catalog.errors import StockChanged
from catalog.models import ListingPage, ListingRevision
from catalog.services import (
    approve_revision,
    correct_stock,
    propose,
    save_draft,
    start_listing,
    submit_revision,
)
from marketplace.core.versions import ChangedMeanwhile, version_of
from tests.concurrency import at_once
from tests.factories.shop import BY, content, open_cooperative, open_shop, sold_listing
from tests.factories.vendors import make_cooperative, make_member, make_programme, make_staff
from tests.web.kept.every_form import Form, posted_forms
from vendors import queries, services
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

pytestmark = pytest.mark.django_db


def browser(cooperative: Cooperative) -> Client:
    client = Client()
    client.cookies["twiza_language"] = "en"
    client.force_login(make_member(cooperative))
    return client


def open_form(client: Client, page: str, *, number: int = -1) -> Form:
    return posted_forms(page, client.get(page).content)[number]


def send(client: Client, form: Form, **changes: object) -> HttpResponse:
    """The form as it is, with these changes."""
    data: dict[str, Any] = {**form.hidden}
    for name, value in form.values():
        data.setdefault(name, []).append(value)
    answer: HttpResponse = client.post(form.action, data | changes)
    return answer


def shown(answer: HttpResponse, form: Form) -> Form:
    return next(f for f in posted_forms(form.page, answer.content) if f.path == form.path)


@pytest.fixture
def text_page(cooperative: Cooperative) -> str:
    services.write_texts(
        cooperative=cooperative, language="fr", name="Tifawine", tagline="Laine", by=BY
    )
    return f"/portal/{cooperative.slug}/profile/texts/fr/"


def texts(cooperative: Cooperative) -> tuple[str, str, str]:
    text = cooperative.texts.get(language="fr")
    return text.name, text.tagline, text.story


def test_changes_of_different_fields_are_both_kept_after_a_look(
    cooperative: Cooperative, text_page: str
) -> None:
    amina, brahim = browser(cooperative), browser(cooperative)
    hers, his = open_form(amina, text_page), open_form(brahim, text_page)
    assert send(brahim, his, tagline="Tapis de laine").status_code == 302

    answer = send(amina, hers, story="Depuis 1998.")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "someone else has changed this meanwhile" in html
    assert "Tapis de laine" in html
    assert texts(cooperative) == ("Tifawine", "Tapis de laine", "")

    assert send(amina, shown(answer, hers)).status_code == 302
    assert texts(cooperative) == ("Tifawine", "Tapis de laine", "Depuis 1998.")


@pytest.mark.parametrize(
    ("take", "kept"), [((), "Laine et henné"), (("tagline",), "Tapis de laine")]
)
def test_one_field_changed_by_both_is_a_choice(
    cooperative: Cooperative, text_page: str, take: tuple[str, ...], kept: str
) -> None:
    amina, brahim = browser(cooperative), browser(cooperative)
    hers, his = open_form(amina, text_page), open_form(brahim, text_page)
    send(brahim, his, tagline="Tapis de laine")

    answer = send(amina, hers, tagline="Laine et henné")
    again = shown(answer, hers)
    assert ("tagline", "Laine et henné") in again.values()
    assert 'value="tagline"' in answer.content.decode()
    assert texts(cooperative)[1] == "Tapis de laine"

    send(amina, again, take_theirs=list(take))
    assert texts(cooperative)[1] == kept


def test_who_was_told_is_told_again_when_it_changes_once_more(
    cooperative: Cooperative, text_page: str
) -> None:
    amina, brahim = browser(cooperative), browser(cooperative)
    hers = open_form(amina, text_page)
    send(brahim, open_form(brahim, text_page), tagline="Tapis")
    answer = send(amina, hers, tagline="Laine et henné")
    send(brahim, open_form(brahim, text_page), tagline="Tapis et couvertures")
    assert send(amina, shown(answer, hers)).status_code == 409
    assert texts(cooperative)[1] == "Tapis et couvertures"


def test_nobody_is_told_of_their_own_second_save(cooperative: Cooperative, text_page: str) -> None:
    amina = browser(cooperative)
    for tagline in ("Laine", "Laine et henné"):
        form = open_form(amina, text_page)
        assert send(amina, form, tagline=tagline).status_code == 302


def test_the_contact_is_watched_too(cooperative: Cooperative) -> None:
    page = f"/portal/{cooperative.slug}/profile/"
    amina, brahim = browser(cooperative), browser(cooperative)
    hers = open_form(amina, page)
    send(brahim, open_form(brahim, page), phone="+212661223344")
    answer = send(amina, hers, handling_days="9")
    assert answer.status_code == 409
    assert "+212661223344" in answer.content.decode()
    send(amina, shown(answer, hers))
    cooperative.refresh_from_db()
    assert (cooperative.phone, cooperative.handling_days) == ("+212661223344", 9)


def newest(revision: ListingRevision) -> ListingRevision:
    found: ListingRevision = revision.listing.revisions.order_by("-number")[0]
    return found


def test_a_listing_is_compared_field_by_field_and_names_the_other(
    cooperative: Cooperative,
) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    page = f"/portal/{cooperative.slug}/listings/{revision.listing_id}/edit/"
    amina, brahim = browser(cooperative), browser(cooperative)
    hers, his = open_form(amina, page), open_form(brahim, page)
    send(brahim, his, price_ma="99.00", name_fr="Miel de thym", then="keep")

    answer = send(amina, hers, name_fr="Miel du Haut Atlas", materials="Miel cru", then="keep")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "99.00" in html
    assert "saved this on" in html
    again = shown(answer, hers)
    assert {
        ("price_ma", "99.00"),
        ("name_fr", "Miel du Haut Atlas"),
        ("materials", "Miel cru"),
    } <= (again.values())
    assert newest(revision).proposed.texts["fr"].name == "Miel de thym"

    assert send(amina, again, then="keep").status_code == 302
    proposed = newest(revision).proposed
    assert proposed.texts["fr"].name == "Miel du Haut Atlas"
    assert proposed.prices["ma-mad"] == 9900
    assert proposed.material_codes == []
    assert proposed.own_materials() == {"en": "Miel cru"}


def test_another_language_is_no_change(cooperative: Cooperative) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    page = f"/portal/{cooperative.slug}/listings/{revision.listing_id}/edit/"
    amina = browser(cooperative)
    form = open_form(amina, page)
    amina.cookies["twiza_language"] = "fr"
    assert send(amina, form, materials="Miel cru", then="keep").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told() -> None:
    cooperative = make_cooperative(make_programme())
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    read = version_of(ListingRevision.objects.within(cooperative.scope).get().content)
    contact = version_of(queries.contact(cooperative.scope))

    def save(name: str) -> None:
        propose(
            cooperative_id=cooperative.pk, listing=revision.listing, content=content(name),
            quantity=1, photos=[], version=read, by=BY,
        )  # fmt: skip

    def call(phone: str) -> None:
        services.change_contact(
            cooperative=cooperative, phone=phone, email="", handling_days=2, version=contact, by=BY
        )

    for act in (save, call):
        raised = at_once(*[lambda a=act, n=n: a(f"06 61 22 33 4{n}") for n in range(4)])  # type: ignore[misc]
        assert [type(error) for error in raised] == [ChangedMeanwhile] * 3


def test_staff_approve_only_what_they_have_read(cooperative: Cooperative) -> None:
    revision = start_listing(cooperative_id=cooperative.pk, content=content(), quantity=1, by=BY)
    revision = submit_revision(revision=revision, by=BY)
    staff = Client()
    staff.cookies["twiza_language"] = "en"
    staff.force_login(make_staff(cooperative.programme, "coordinator"))
    page = f"/staff/{cooperative.programme.slug}/moderation/{revision.pk}/"
    approve, send_back = posted_forms(page, staff.get(page).content)[-2:]

    changed = save_draft(listing=revision.listing, content=content("Something else"), by=BY)
    submit_revision(revision=changed, by=BY)
    for form in (approve, send_back):
        answer = staff.post(
            form.action, form.hidden | {"remark": "A picture, please."}, follow=True
        )
        assert answer.redirect_chain[-1][0] == page
        assert "changed this meanwhile" in answer.content.decode()
        assert newest(revision).state == "submitted"
    # What was written to the cooperative is still there.
    assert "A picture, please." in staff.get(page).content.decode()
    with pytest.raises(ChangedMeanwhile):
        approve_revision(revision=revision, version=version_of(revision.content), by=BY)


def test_a_count_says_what_it_was_counted_from() -> None:
    open_shop()
    cooperative = open_cooperative(make_programme())
    revision = sold_listing(cooperative, quantity=10)
    page = f"/portal/{cooperative.slug}/listings/{revision.listing_id}/"
    amina = browser(cooperative)
    form = next(f for f in posted_forms(page, amina.get(page).content) if "stock" in f.path)
    variant = revision.listing.variants.get()
    scope = CooperativeScope(cooperative.pk)
    correct_stock(variant_id=variant.pk, quantity=7, scope=scope, seen=10, by=BY)
    with pytest.raises(StockChanged):
        correct_stock(variant_id=variant.pk, quantity=12, scope=scope, seen=10, by=BY)

    answer = send(amina, form, quantity="12")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "from 10 to 7" in html
    assert "it would be 9" in html
    again = next(f for f in posted_forms(page, answer.content) if "stock" in f.path)
    assert ("quantity", "12") in again.values()
    assert ListingPage.objects.get(pk=revision.listing_id).quantity_on_hand == 7
    assert send(amina, again, quantity="9").status_code == 302
    assert ListingPage.objects.get(pk=revision.listing_id).quantity_on_hand == 9
