"""What a phone may send: each kind of command with its fields, and a command's digest."""

import hashlib
import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from catalog.content import (
    HEAVIEST_GRAMS,
    LARGEST_AMOUNT_MINOR,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    MOST_PIECES,
)
from marketplace.core.amounts import LARGEST_MINOR
from marketplace.offline.errors import UnreadableCommand

# What one request may bring: a day at a fair is a few of these.
MOST_AT_ONCE = 50
LARGEST_BODY = 256 * 1024


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    # Strict, but for what JSON has no type for.
    key: UUID = Field(strict=False)

    @property
    def subject(self) -> str:
        """What it is about: of two commands about one thing the first must be done first."""
        raise NotImplementedError


class Sale(_Command):
    """A sale outside the shop; minor units of the cooperative's own market."""

    kind: Literal["sale"]
    variant: UUID = Field(strict=False)
    quantity: int = Field(ge=-MOST_PIECES, le=MOST_PIECES)
    unit_price_minor: int = Field(ge=-LARGEST_MINOR, le=LARGEST_MINOR)
    paid_by: str = Field(max_length=10)
    place: str = Field(max_length=10)
    sold_at: AwareDatetime = Field(strict=False)

    @property
    def subject(self) -> str:
        return str(self.variant)


class Count(_Command):
    """The pieces that somebody counted; ``seen`` are those that should have been there.

    That is the shop's number when the phone last heard of it, less what this phone sold since.
    """

    kind: Literal["count"]
    variant: UUID = Field(strict=False)
    quantity: int = Field(ge=-MOST_PIECES, le=MOST_PIECES)
    seen: int = Field(ge=-MOST_PIECES, le=MOST_PIECES)
    counted_at: AwareDatetime = Field(strict=False)

    @property
    def subject(self) -> str:
        return str(self.variant)


class _Written(_Command):
    """A product in words; ``price_minor`` is that in the cooperative's own market, 0: none yet."""

    language: Literal["ar", "fr", "en"]
    name: str = Field(max_length=LONGEST_NAME)
    description: str = Field(max_length=LONGEST_DESCRIPTION)
    price_minor: int = Field(ge=0, le=LARGEST_AMOUNT_MINOR)
    weight_grams: int = Field(ge=0, le=HEAVIEST_GRAMS)
    quantity: int = Field(ge=0, le=MOST_PIECES)


class Draft(_Written):
    """A new listing, as a draft."""

    kind: Literal["draft"]

    @property
    def subject(self) -> str:
        return str(self.key)


class Edit(_Written):
    """A change of a draft: of a listing, or of the one that an earlier command made.

    ``seen`` is the version that the phone knows, or the key of the command after which it comes.
    """

    kind: Literal["edit"]
    listing: UUID = Field(strict=False)
    seen: str = Field(max_length=40)

    @property
    def subject(self) -> str:
        return str(self.listing)


Command = Sale | Count | Draft | Edit
_READ: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])


def read_command(said: Any) -> Command:
    """A command of what a phone said; raises UnreadableCommand."""
    try:
        # What no table and no page could hold.
        if "\\u0000" in json.dumps(said, ensure_ascii=False).encode().decode():
            raise UnreadableCommand
        return _READ.validate_python(said)
    except (ValidationError, UnicodeEncodeError) as error:
        raise UnreadableCommand from error


def digest_of(said: Any) -> str:
    """A hash of what a command says, whatever the order of its fields."""
    written = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
