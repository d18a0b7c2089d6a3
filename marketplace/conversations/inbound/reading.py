"""Reads a mail as it came: to whom, from whom, whether a person wrote it, and what."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from typing import Any

import lxml.etree
import lxml.html

# A text of 4,000 characters with what it quotes and a small picture in the signature.
MOST_BYTES = 1_000_000
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_BY_MACHINES = {"bulk", "junk", "list", "auto_reply"}
_DAEMONS = ("mailer-daemon@", "postmaster@")
_UTF_8 = lxml.html.HTMLParser(encoding="utf-8")


@dataclass(frozen=True)
class InboundMail:
    """What matters of a mail; ``key`` is its Message-ID, or a hash of all of it."""

    recipients: list[str]
    sender: str
    key: str
    is_automatic: bool
    text: str


class Unreadable(ValueError):
    """A mail without a text that can be read."""


def read_mail(raw: bytes) -> InboundMail:
    """Read a mail; raises Unreadable."""
    try:
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        fields = [str(value) for name in _RECIPIENTS for value in mail.get_all(name, [])]
        message_id = str(mail.get("Message-ID", "")).strip()
        return InboundMail(
            recipients=[address for _name, address in getaddresses(fields)],
            sender=parseaddr(str(mail.get("From", "")))[1].casefold(),
            key=message_id[:500] or sha256(raw).hexdigest(),
            is_automatic=_is_automatic(mail),
            text=_text(mail),
        )
    # A hostile mail fails in the standard library in many ways; none of them may stop the others.
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise Unreadable(str(error)) from error


def _is_automatic(mail: EmailMessage) -> bool:
    """Whether a program wrote it: an absence note, a bounce, a list (RFC 3834)."""
    sent_by = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(mail.get("Precedence", "")).strip().lower()
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    return (
        sent_by != "no"
        or precedence in _BY_MACHINES
        or mail.get("List-Id") is not None
        or mail.get("X-Autoreply") is not None
        or str(mail.get("Return-Path", "x")).strip() == "<>"
        or mail.get_content_type() == "multipart/report"
        or not sender
        or sender.startswith(_DAEMONS)
    )


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise Unreadable("no text")
    content = body.get_content()
    if not isinstance(content, str):
        raise Unreadable("no text")
    if body.get_content_subtype() == "html":
        return _plain(content)
    return content


def _plain(markup: str) -> str:
    """The text of a mail that has no plain one; quoted blocks are left out."""
    if not markup.strip():
        return ""
    page: Any
    try:
        page = lxml.html.document_fromstring(markup.encode(), parser=_UTF_8)
    except (lxml.etree.ParserError, ValueError) as error:
        raise Unreadable("no text") from error
    for dropped in page.xpath("//blockquote | //style | //script | //head"):
        dropped.drop_tree()
    for line_end in page.xpath("//br | //p | //div"):
        line_end.tail = "\n" + (line_end.tail or "")
    return str(page.text_content())
