"""Publish a new version of a legal text."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.legal.defaults import LANGUAGES
from marketplace.legal.errors import BeginsInThePast, LanguageMissing, SameText
from marketplace.legal.models import LegalText, TextKind
from marketplace.legal.queries import text_in_force, versions
from vendors.models import Programme


# long: one row with all that a version says
def publish_text(
    *,
    programme: Programme,
    market: str,
    kind: str,
    texts: Mapping[str, str],
    valid_from: date,
    reviewed_by: str = "",
    by: Actor,
) -> LegalText:
    """A version in every language (Markdown), for one market or, when empty, for all.

    Earlier versions stay; orders keep those that they accepted. Two at once get two numbers. Raises
    BeginsInThePast, LanguageMissing, and SameText for what is already in force on that day.
    """
    kept = {language: _written(texts.get(language, "")) for language in LANGUAGES}
    if not all(kept.values()):
        raise LanguageMissing
    if valid_from < day_of(timezone.now(), programme.time_zone):
        raise BeginsInThePast
    text = LegalText(
        programme=programme,
        market=market,
        kind=TextKind(kind),
        valid_from=valid_from,
        texts=kept,
        digest=digest_of(kept),
        approved_by=by.name,
        reviewed_by=reviewed_by.strip(),
        saved_at=timezone.now(),
    )
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        _refuse_the_same(text)
        text.number = len(versions(programme, market, kind)) + 1
        text.save(force_insert=True)
        facts = {"kind": kind, "market": market, "number": text.number}
        audit.record("legal_text.published", text, by=by, **facts)
    return text


def digest_of(texts: Mapping[str, str]) -> str:
    """A hash of a text in all its languages."""
    return hashlib.sha256(json.dumps(dict(texts), sort_keys=True).encode()).hexdigest()


def _refuse_the_same(text: LegalText) -> None:
    before = text_in_force(text.programme, text.market, text.kind, text.valid_from)
    if before and (before.market, before.digest) == (text.market, text.digest):
        raise SameText


def _written(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
