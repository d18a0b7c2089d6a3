"""A score in hundredths of a star as it is written, on cards and for programs."""

from decimal import Decimal

from marketplace.core.formats import Format


def score_text(score: int | None, written: Format) -> str:
    """``4.3``, rounded down; empty without a score."""
    return written.number(plain_score(score), decimals=1) if score is not None else ""


def plain_score(score: int) -> Decimal:
    """The score as it is shown."""
    return Decimal(score // 10) / 10
