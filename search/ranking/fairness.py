"""Fairness: no cooperative fills a page while others match as well, and new ones get one place.

The ranked documents are walked from the first, page by page; what is deferred on one page comes
first on the next. A ``Cursor`` says where a page ended, so that the next one starts there whatever
happened to other listings meanwhile.
"""

import base64
import binascii
import json
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from search.backends.interface import RankedDocument, SortKey
from search.ranking.rules import Rule

# A document matches as well as another whose text score is at most so many steps higher.
_AS_WELL_STEPS = 2
MAX_DEFERRED = 60

Documents = deque[RankedDocument]


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the last sort key that was looked at.

    ``deferred`` are listings before it that were not shown yet, ``lifted`` listings after it that
    were shown on an earlier page than their place.
    """

    last_key: SortKey | None = None
    deferred: tuple[UUID, ...] = ()
    lifted: tuple[UUID, ...] = ()
    page: int = 0

    def token(self) -> str:
        """The cursor as it stands in an address."""
        ids = ([listing.hex for listing in listings] for listings in (self.deferred, self.lifted))
        values = [self.page, list(self.last_key or ()), *ids]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, token: str) -> "Cursor | None":
        """The cursor of an address; None for one that we did not make."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            page, last_key, *ids = json.loads(raw)
            deferred, lifted = (
                tuple(UUID(hex=text) for text in each[:MAX_DEFERRED]) for each in ids
            )
            first, second, tie = last_key
            key = (float(first), float(second), int(tie))
            return cls(key, deferred, lifted, max(int(page), 0))
        except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
            return None


@dataclass
class Page:
    """The documents of a page in order, the listing lifted to it, and where it ended."""

    documents: list[RankedDocument] = field(default_factory=list)
    lifted: tuple[UUID, ...] = ()
    cursor: Cursor = field(default_factory=Cursor)
    has_more: bool = False


def pages(
    ranked: Iterable[RankedDocument], rule: Rule, *, size: int, count: int, start: Cursor
) -> list[Page]:
    """The next ``count`` pages from a cursor, whose deferred listings come first."""
    waiting, deferred = _after(ranked, start)
    made: list[Page] = []
    before = start
    for _ in range(count):
        page = _PageFiller(waiting, deferred, rule, size).fill(is_first=before.page == 0)
        page.has_more = bool(waiting or deferred)
        before = page.cursor = _cursor(page, deferred, before)
        made.append(page)
    return made


def _after(ranked: Iterable[RankedDocument], start: Cursor) -> tuple[Documents, Documents]:
    """The documents after a cursor, and those deferred before it."""
    last_key = start.last_key
    if last_key is None:
        return deque(ranked), deque()
    ranked = list(ranked)
    deferred_ids = set(start.deferred)
    known = deferred_ids | set(start.lifted)
    deferred = deque(d for d in ranked if d.listing_id in deferred_ids)
    rest = (d for d in ranked if d.sort_key > last_key and d.listing_id not in known)
    return deque(rest), deferred


class _PageFiller:
    """Fills one page from the documents deferred before and those that wait."""

    def __init__(self, waiting: Documents, deferred: Documents, rule: Rule, size: int) -> None:
        self.waiting, self.deferred = waiting, deferred
        self.rule, self.size = rule, size
        self.maximum = rule.max_per_cooperative or size
        self.page = Page()
        self.per_cooperative: Counter[str] = Counter()
        self.newly_deferred: Documents = deque()

    def fill(self, *, is_first: bool) -> Page:
        """Take documents until the page is full or none is left."""
        lift = self._to_lift() if is_first else None
        shown = self.page.documents
        while len(shown) < self.size and (self.deferred or self.waiting or self.newly_deferred):
            if lift and len(shown) == self.rule.new_cooperative_position - 1:
                self._lift(lift)
                lift = None
            elif queue := self.deferred or self.waiting:
                self._take_first(queue)
            else:
                self._show(self.newly_deferred.popleft())
        self.deferred.extendleft(reversed(self.newly_deferred))
        return self.page

    def _take_first(self, queue: Documents) -> None:
        """Show the first document of a queue, or defer it for the sake of other cooperatives."""
        document = queue.popleft()
        is_too_many = self.per_cooperative[document.cooperative] >= self.maximum
        may_defer = len(self.newly_deferred) < MAX_DEFERRED
        if is_too_many and may_defer and self._others_match(document):
            self.newly_deferred.append(document)
        else:
            self._show(document)

    def _show(self, document: RankedDocument) -> None:
        self.page.documents.append(document)
        self.per_cooperative[document.cooperative] += 1

    def _others_match(self, document: RankedDocument) -> bool:
        """Whether a later document of another cooperative matches about as well."""
        least = document.score_step - _AS_WELL_STEPS
        for queue in (self.deferred, self.waiting):
            for other in queue:
                if other.score_step < least:
                    break
                if self.per_cooperative[other.cooperative] < self.maximum:
                    return True
        return False

    def _to_lift(self) -> RankedDocument | None:
        """The best document of a new cooperative that matches as well as the one at its place.

        None if a new cooperative ranks as high anyway.
        """
        position = self.rule.new_cooperative_position
        if not position or len(self.waiting) < position:
            return None
        since = self.rule.new_since()
        if any(d.cooperative_since >= since for d in islice(self.waiting, position)):
            return None
        least = self.waiting[position - 1].score_step
        new = (d for d in self.waiting if d.cooperative_since >= since)
        return next((d for d in new if d.score_step >= least), None)

    def _lift(self, document: RankedDocument) -> None:
        if document in self.waiting:
            self.waiting.remove(document)
            self._show(document)
            self.page.lifted = (document.listing_id,)


def _cursor(page: Page, deferred: Iterable[RankedDocument], before: Cursor) -> Cursor:
    shown = (d for d in page.documents if d.listing_id not in page.lifted)
    keys = [document.sort_key for document in (*shown, *deferred)]
    if before.last_key:
        keys.append(before.last_key)
    deferred_ids = tuple(document.listing_id for document in deferred)
    lifted = (*before.lifted, *page.lifted)
    return Cursor(max(keys, default=None), deferred_ids, lifted, before.page + 1)
