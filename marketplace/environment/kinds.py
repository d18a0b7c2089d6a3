"""The types of environment variables, and how an operator is told what each accepts."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from django.core.exceptions import ImproperlyConfigured
from pydantic import BeforeValidator, Field
from pydantic.fields import FieldInfo
from pydantic_settings import NoDecode

from marketplace.core.channel_names import channel_names
from marketplace.core.client_address import TrustedProxies
from marketplace.core.database import DatabaseAddress
from marketplace.core.mail_server import mail_server
from marketplace.core.origins import origin_of

FERNET_KEY_BYTES = 32
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True)
class Kind:
    """What a variable accepts: the end of a sentence that begins with "must be"."""

    accepts: str


@dataclass(frozen=True)
class About:
    """What else the table says of a variable.

    ``by`` names the processes that use it, ``shown`` describes a default that depends on others,
    ``secret`` keeps its value out of error messages.
    """

    by: str = "all"
    shown: str | None = None
    secret: bool = False


def _flag(said: object) -> object:
    """An empty variable means no."""
    return False if said == "" else said


def _comma_separated(said: object) -> object:
    return said.split(",") if isinstance(said, str) else said


def _fernet_keys(said: object) -> object:
    if not isinstance(said, str):
        return said
    keys = [key for key in said.split(",") if key]
    for key in keys:
        try:
            length = len(base64.urlsafe_b64decode(key))
        except binascii.Error:
            length = 0
        if length != FERNET_KEY_BYTES:
            raise ValueError(
                "each key must be 32 bytes in URL-safe base64, as `twiza keys new` makes"
            )
    return keys


def _secret(said: object) -> object:
    if said == "":
        raise ValueError("is empty; set a long random text, such as `openssl rand -hex 32` gives")
    return said


def _web_address(said: object) -> object:
    if isinstance(said, str) and not said.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return said


def _domain(said: object) -> object:
    if isinstance(said, str) and not _DOMAIN.fullmatch(said.lower()):
        raise ValueError("must be a domain: no-mail.example.org")
    return said.lower() if isinstance(said, str) else said


def _parsed(parse: Callable[[str], Any]) -> BeforeValidator:
    """Let ``parse`` read the text; what it refuses is reported with the other wrong values."""

    def read(said: str) -> Any:
        try:
            return parse(said)
        except ImproperlyConfigured as error:
            raise ValueError(str(error)) from error

    return BeforeValidator(read)


def _database(said: str) -> DatabaseAddress | None:
    return DatabaseAddress.from_url(said) if said else None


def _mail_address(said: str) -> str:
    mail_server(said)
    return said


Text = Annotated[str, Kind("text")]
Secret = Annotated[str, BeforeValidator(_secret), Kind("a long random text")]
Flag = Annotated[bool, BeforeValidator(_flag), Kind("1 or 0 (yes, no, true, false, on, off)")]
Count = Annotated[int, Field(ge=0), Kind("a whole number, 0 or more")]
WebAddress = Annotated[
    str, BeforeValidator(_web_address), Kind("an address, http://… or https://…")
]
Domain = Annotated[str, BeforeValidator(_domain), Kind("a domain")]
Hosts = Annotated[
    list[str], NoDecode, BeforeValidator(_comma_separated), Kind("host names, comma separated")
]
FernetKeys = Annotated[
    list[str], NoDecode, BeforeValidator(_fernet_keys), Kind("Fernet keys, comma separated")
]
Database = Annotated[
    DatabaseAddress | None,
    NoDecode,
    _parsed(_database),
    Kind("an address, postgresql://user:password@host:5432/name"),
]
Mail = Annotated[
    str,
    BeforeValidator(_mail_address),
    Kind("an address, smtp://…, smtp+tls://… or smtps://…"),
]
Proxies = Annotated[
    TrustedProxies,
    NoDecode,
    _parsed(TrustedProxies.read),
    Kind("a number of proxies, or networks, comma separated: 10.0.0.0/8,fd00::/8"),
]
Origin = Annotated[str, _parsed(origin_of), Kind("an origin such as https://dashboard.example")]
Channels = Annotated[
    dict[str, str],
    NoDecode,
    _parsed(channel_names),
    Kind("markets, each with a channel's slug if it has one already: ma:boutique,eu"),
]


def describe_values(field: FieldInfo) -> str:
    """What a variable accepts: its kind's description, or the list of its values."""
    for one in (*field.metadata, *_inside_optional(field.annotation)):
        if isinstance(one, Kind):
            return one.accepts
    if get_origin(field.annotation) is Literal:
        return f"one of {', '.join(get_args(field.annotation))}"
    return "a path"


def _inside_optional(annotation: Any) -> Iterator[Any]:
    """The markers of ``X`` in ``X | None``."""
    for one in get_args(annotation):
        yield from getattr(one, "__metadata__", ())


def about(field: FieldInfo) -> About:
    """What else the table says of a variable."""
    return next((one for one in field.metadata if isinstance(one, About)), About())
