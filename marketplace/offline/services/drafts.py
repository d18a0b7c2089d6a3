"""A product written on a phone: a draft, never published from here, and changes of such a draft."""

from typing import Any
from uuid import UUID

from catalog.content import ListingText, RevisionContent
from catalog.errors import ListingNotFound
from catalog.markets import home_market
from catalog.models import ListingRevision, RevisionState
from catalog.queries import workbench
from catalog.queries.workbench import Entry
from catalog.services import propose
from marketplace.core.versions import ChangedMeanwhile, version_of
from marketplace.offline.answers import DONE, Answer
from marketplace.offline.commands import Draft, Edit
from marketplace.offline.errors import DraftChanged
from marketplace.offline.models import TakenCommand
from vendors.models import Cooperative
from vendors.policy import MemberAccess

OPEN = frozenset({RevisionState.DRAFT, RevisionState.RETURNED})


def start_draft(access: MemberAccess, command: Draft) -> Answer:
    """A new listing with its first draft."""
    revision = propose(
        cooperative_id=access.cooperative.pk,
        listing=None,
        content=_content(access.cooperative, command, RevisionContent()),
        quantity=command.quantity,
        photos=[],
        by=access.by,
    )
    return _answer(revision)


def change_draft(access: MemberAccess, command: Edit) -> Answer:
    """Change a draft that was never published; raises DraftChanged if it is not as it was seen."""
    entry = _draft(access, command)
    if entry is None:
        raise DraftChanged({})
    before = entry.revision.proposed
    try:
        revision = propose(
            cooperative_id=access.cooperative.pk,
            listing=entry.listing,
            content=_content(access.cooperative, command, before),
            quantity=command.quantity,
            photos=[],
            keep=before.media,
            version=_seen(access, command),
            by=access.by,
        )
    except ChangedMeanwhile as changed:
        raise DraftChanged(shown(access.cooperative, entry, command.language)) from changed
    except ListingNotFound as gone:
        raise DraftChanged({}) from gone
    return _answer(revision)


def shown(cooperative: Cooperative, entry: Entry, language: str) -> dict[str, Any]:
    """A draft as a phone shows it, in the language in which it is written."""
    content = entry.revision.proposed
    written = content.texts.get(language)
    if written is None or not written.name:
        language = content.source_language
    text = content.text(language)
    channel = home_market(cooperative.country_code).channel_slug
    return {
        "listing": str(entry.listing.pk),
        "language": language,
        "version": version_of(entry.revision.content),
        "name": text.name,
        "description": text.description,
        "price_minor": content.prices.get(channel, 0),
        "weight_grams": content.weight_grams,
        "quantity": content.quantity,
    }


def is_open_draft(entry: Entry) -> bool:
    """Whether a phone may change it: never published, and not with the reviewer."""
    return entry.page is None and entry.revision.state in OPEN


def _draft(access: MemberAccess, command: Edit) -> Entry | None:
    made_by = _taken(access, str(command.listing))
    listing_id = UUID(made_by["listing"]) if made_by else command.listing
    try:
        entry = workbench.entry(access.scope, listing_id)
    except ListingNotFound:
        return None
    return entry if is_open_draft(entry) else None


def _seen(access: MemberAccess, command: Edit) -> str:
    """The version that it changes: the one named, or that of the command which it follows."""
    earlier = _taken(access, command.seen)
    return str(earlier["version"]) if earlier else command.seen or "none"


def _taken(access: MemberAccess, key: str) -> dict[str, Any] | None:
    """What an earlier command of the same person made; None if there is none."""
    try:
        known = UUID(key)
    except ValueError:
        return None
    rows = TakenCommand.objects.within(access.scope)
    found = rows.filter(key=known, member=access.user, kind__in=["draft", "edit"]).first()
    facts: dict[str, Any] = found.answer["facts"] if found else {}
    return facts if found and found.answer["state"] == DONE else None


def _content(
    cooperative: Cooperative, command: Draft | Edit, before: RevisionContent
) -> RevisionContent:
    """The content with what the phone wrote; everything else stays."""
    texts = dict(before.texts)
    known = texts.get(command.language) or ListingText()
    written = {"name": command.name.strip(), "description": command.description.strip()}
    if (known.name, known.description) != tuple(written.values()):
        known = known.model_copy(update={**written, "confirmed": True})
    texts[command.language] = known
    channel = home_market(cooperative.country_code).channel_slug
    prices = {slug: minor for slug, minor in before.prices.items() if slug != channel}
    if command.price_minor:
        prices[channel] = command.price_minor
    return before.model_copy(
        update={
            "texts": texts,
            "source_language": before.source_language if before.texts else command.language,
            "origin_country": before.origin_country or cooperative.country_code,
            "weight_grams": command.weight_grams,
            "prices": prices,
            "further_variants": before.variants_followed(prices, command.weight_grams),
        }
    )


def _answer(revision: ListingRevision) -> Answer:
    facts = {"listing": str(revision.listing_id), "version": version_of(revision.content)}
    return Answer(DONE, [], facts)
