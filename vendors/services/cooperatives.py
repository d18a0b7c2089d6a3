"""Use cases of a cooperative: registration, texts, publication."""

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.phones import read_phone
from marketplace.core.postal_addresses import read_address
from marketplace.core.versions import require_version
from vendors import engine_copies, geography
from vendors.admission.errors import NotAdmitted
from vendors.admission.queries import open_admission_of
from vendors.errors import NotReadyToPublish, UnknownRegion
from vendors.events import CooperativeChanged, CooperativePublished
from vendors.models import (
    Cooperative,
    CooperativeStatus,
    CooperativeText,
    Enrolment,
    FormerContact,
    Programme,
)
from vendors.queries.own import contact_of, texts_of
from vendors.services.cooperative_facts import CooperativeFacts


@transaction.atomic
def register_cooperative(
    *, programme: Programme, facts: CooperativeFacts, by: Actor
) -> Cooperative:
    """Register a cooperative with a programme, as a draft that buyers do not see.

    Raises UnknownRegion for a region of another country, BadPhoneNumber and BadAddress.
    """
    known = geography.regions(facts.country_code)
    if known and facts.region_code not in {region.code for region in known}:
        raise UnknownRegion(code=facts.region_code)
    given = asdict(facts) | {
        "phone": read_phone(facts.phone, facts.country_code),
        "postal_code": read_address(facts.pickup_address).postal_code,
    }
    cooperative = Cooperative.objects.create(programme=programme, **given)
    audit.record("cooperative.registered", cooperative, by=by, slug=facts.slug)
    return cooperative


@transaction.atomic
def write_texts(
    *,
    cooperative: Cooperative,
    language: str,
    name: str,
    tagline: str = "",
    story: str = "",
    source_language: str = "",
    confirmed: bool = True,
    by: Actor,
    version: str | None = None,
) -> CooperativeText:
    """Write the public texts in one language.

    ``source_language`` is the language of the original (the same by default); a translation that
    nobody has checked yet is not ``confirmed``. Raises ChangedMeanwhile unless the texts still
    have the ``version`` that was read (of ``queries.written_texts``).
    """
    _lock(cooperative)
    texts = CooperativeText.objects.within(cooperative.scope)
    require_version(version, texts_of(texts.filter(language=language).first()))
    text: CooperativeText = texts.update_or_create(
        cooperative=cooperative,
        language=language,
        defaults={
            "name": name,
            "tagline": tagline,
            "story": story,
            "source_language": source_language or language,
            "confirmed_at": timezone.now() if confirmed else None,
        },
    )[0]
    audit.record("cooperative.texts_written", cooperative, by=by, language=language)
    tell_change(cooperative)
    return text


@transaction.atomic
def change_contact(
    *,
    cooperative: Cooperative,
    phone: str,
    email: str,
    handling_days: int,
    by: Actor,
    version: str | None = None,
) -> Cooperative:
    """Change a cooperative's contact, and the number of days that it promises until dispatch.

    Raises BadPhoneNumber; ChangedMeanwhile unless they still have the ``version`` that was read
    (of ``queries.contact``).
    """
    cooperative = _lock(cooperative)
    phone = read_phone(phone, cooperative.country_code)
    require_version(version, contact_of(cooperative))
    before = {"handling_days": cooperative.handling_days}
    if (cooperative.phone, cooperative.email) != (phone, email):
        FormerContact.objects.create(
            cooperative=cooperative,
            phone=cooperative.phone,
            email=cooperative.email,
            replaced_at=timezone.now(),
        )
    cooperative.phone, cooperative.email = phone, email
    cooperative.handling_days = handling_days
    cooperative.save(update_fields=["phone", "email", "handling_days"])
    after = {"handling_days": handling_days}
    audit.record("cooperative.contact_changed", cooperative, by=by, before=before, after=after)
    tell_change(cooperative)
    return cooperative


def publish_cooperative(*, cooperative: Cooperative, by: Actor) -> Cooperative:
    """Publish a cooperative: in the shop at once, in the engine when it is available.

    Raises NotReadyToPublish without a name in the shop's base language, NotAdmitted before its
    admission is approved. Publishing again only ends a pause.
    """
    publish_cooperatives(cooperatives=[cooperative], by=by)
    return cooperative


def publish_cooperatives(*, cooperatives: Sequence[Cooperative], by: Actor) -> None:
    """Publish many cooperatives, and write them to the engine together."""
    for cooperative in cooperatives:
        _publish(cooperative, by)
    engine_copies.bring_now_or_later([cooperative.pk for cooperative in cooperatives])


@transaction.atomic
def _publish(cooperative: Cooperative, by: Actor) -> None:
    texts = CooperativeText.objects.within(cooperative.scope)
    if not texts.filter(language=settings.BASE_LANGUAGE).exclude(name="").exists():
        raise NotReadyToPublish
    if open_admission_of(cooperative) is not None:
        raise NotAdmitted
    cooperative.status = CooperativeStatus.ACTIVE
    cooperative.published_at = cooperative.published_at or timezone.now()
    cooperative.save(update_fields=["status", "published_at"])
    audit.record("cooperative.published", cooperative, by=by)
    publish(
        CooperativePublished(
            aggregate_id=cooperative.pk,
            cooperative_id=cooperative.pk,
            programme_id=cooperative.programme_id,
            occurred_at=timezone.now(),
        )
    )
    engine_copies.want(cooperative)


@transaction.atomic
def pause_cooperative(*, cooperative: Cooperative, reason: str, by: Actor) -> Cooperative:
    """Hide a cooperative for a while; its open orders go on."""
    cooperative.status = CooperativeStatus.PAUSED
    cooperative.save(update_fields=["status"])
    audit.record("cooperative.paused", cooperative, by=by, reason=reason)
    tell_change(cooperative)
    return cooperative


@transaction.atomic
def let_leave(*, cooperative: Cooperative, reason: str, by: Actor) -> Cooperative:
    """End a cooperative's participation: buyers no longer see it, its enrolment ends today.

    Open orders go on; its balance is paid in full, below the minimum payout too.
    """
    cooperative.status = CooperativeStatus.LEFT
    cooperative.save(update_fields=["status"])
    Enrolment.objects.within(cooperative.scope).filter(to_on__isnull=True).update(
        to_on=timezone.localdate()
    )
    audit.record("cooperative.left", cooperative, by=by, reason=reason)
    tell_change(cooperative)
    return cooperative


def tell_change(cooperative: Cooperative) -> None:
    """The page of a cooperative has changed."""
    if cooperative.published_at is None:
        return
    engine_copies.want(cooperative)
    publish(
        CooperativeChanged(
            aggregate_id=cooperative.pk,
            cooperative_id=cooperative.pk,
            programme_id=cooperative.programme_id,
            occurred_at=timezone.now(),
        )
    )


def _lock(cooperative: Cooperative) -> Cooperative:
    """The cooperative as it is now, locked for the rest of the transaction."""
    rows = Cooperative.objects.within(cooperative.scope)
    found: Cooperative = rows.select_for_update(of=("self",)).get()
    return found
