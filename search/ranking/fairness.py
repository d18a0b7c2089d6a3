"""No cooperative fills a page while others fit as well, and a new one gets a bounded chance.

The order is walked from its beginning, page by page; what is held back on one page is the first to
come on the next. ``Cursor`` says where a page ended, so that the next one begins there whatever
happened to other listings meanwhile.
"""

import base64
import binascii
import json
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from search.backends.interface import Ranked
from search.ranking.rules import Rule

# Others fit as well whose text is worth at most so many steps less.
AS_WELL_STEPS = 2
MOST_HELD = 60


@dataclass(frozen=True)
class Cursor:
    """The last place of the order that was looked at, and who before it has not been shown yet."""

    place: tuple[float, float, int] | None = None
    held: tuple[UUID, ...] = ()
    # What was lifted to an earlier page than its place.
    early: tuple[UUID, ...] = ()
    page: int = 0

    def token(self) -> str:
        """The cursor as it stands in an address."""
        ids = ([listing.hex for listing in listings] for listings in (self.held, self.early))
        told = [self.page, list(self.place or ()), *ids]
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, token: str) -> "Cursor | None":
        """The cursor of an address; None for one that we did not make."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            page, place, *ids = json.loads(raw)
            held, early = (tuple(UUID(hex=text) for text in part[:MOST_HELD]) for part in ids)
            first, second, tie = place
            return cls((float(first), float(second), int(tie)), held, early, int(page))
        except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
            return None


@dataclass
class Page:
    """The listings of a page, those lifted or held back on it, and where it ended."""

    shown: list[Ranked] = field(default_factory=list)
    cursor: Cursor = field(default_factory=Cursor)
    lifted: set[UUID] = field(default_factory=set)
    held_back: set[UUID] = field(default_factory=set)
    has_more: bool = False


def pages(
    order: Sequence[Ranked], rule: Rule, *, size: int, count: int, start: Cursor
) -> list[Page]:
    """The next ``count`` pages of an order from a cursor (whose held listings come first)."""
    waiting, held = _from(order, start)
    made: list[Page] = []
    for n in range(count):
        page = _page(waiting, held, rule, size, is_first=start.page + n == 0)
        page.has_more = bool(waiting or held)
        page.cursor = _cursor(page, held, start if not made else made[-1].cursor)
        made.append(page)
    return made


def _from(order: Iterable[Ranked], start: Cursor) -> tuple[deque[Ranked], deque[Ranked]]:
    if start.place is None:
        return deque(order), deque()
    held_ids = set(start.held)
    known = held_ids | set(start.early)
    held = deque(r for r in order if r.listing_id in held_ids)
    rest = (r for r in order if r.place > start.place and r.listing_id not in known)
    return deque(rest), held


def _page(
    waiting: deque[Ranked], held: deque[Ranked], rule: Rule, size: int, *, is_first: bool
) -> Page:
    page = Page()
    makers: Counter[str] = Counter()
    most = rule.most_of_one_maker or size
    lift = _lifted(waiting, rule) if is_first else None
    kept_back: deque[Ranked] = deque()
    while len(page.shown) < size and (held or waiting or kept_back):
        if lift and len(page.shown) == rule.new_maker_place - 1:
            if lift in waiting:
                waiting.remove(lift)
                page.shown.append(lift)
                page.lifted.add(lift.listing_id)
                makers[lift.cooperative] += 1
            lift = None
            continue
        source = held or waiting
        if not source:
            page.shown.append(kept_back.popleft())
            continue
        one = source[0]
        if makers[one.cooperative] < most:
            page.shown.append(source.popleft())
            makers[one.cooperative] += 1
        elif len(kept_back) < MOST_HELD and _others_fit(one, source, waiting, makers, most):
            kept_back.append(source.popleft())
            page.held_back.add(one.listing_id)
        else:
            page.shown.append(source.popleft())
    held.extendleft(reversed(kept_back))
    return page


def _others_fit(
    one: Ranked, source: deque[Ranked], waiting: deque[Ranked], makers: Counter[str], most: int
) -> bool:
    """Whether a later listing of another cooperative fits about as well as this one."""
    for queue in (source, waiting) if source is not waiting else (waiting,):
        for other in queue:
            if other.step < one.step - AS_WELL_STEPS:
                break
            if makers[other.cooperative] < most:
                return True
    return False


def _lifted(waiting: Sequence[Ranked], rule: Rule) -> Ranked | None:
    """The best listing of a new cooperative, if none stands high anyway and it fits as well."""
    place = rule.new_maker_place
    if not place or len(waiting) < place or any(r.is_new_maker for r in list(waiting)[:place]):
        return None
    there = waiting[place - 1]
    return next((r for r in waiting if r.is_new_maker and r.step >= there.step), None)


def _cursor(page: Page, held: Sequence[Ranked], before: Cursor) -> Cursor:
    passed = [r.place for r in page.shown if r.listing_id not in page.lifted]
    passed += [r.place for r in held]
    if before.place:
        passed.append(before.place)
    ids = tuple(r.listing_id for r in held)
    return Cursor(max(passed, default=None), ids, (*before.early, *page.lifted), before.page + 1)
