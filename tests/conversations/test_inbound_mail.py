"""Answers by mail: a local mail server puts them into a Maildir, the worker reads it."""

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as sent

from marketplace.conversations.inbound.maildir import read_folder
from marketplace.conversations.inbound.quotations import without_quotation
from marketplace.conversations.jobs import read_answers
from marketplace.conversations.models import Conversation
from marketplace.conversations.services import Outcome, close_conversation, take_in_mail
from marketplace.core.outbox import deliver_events
from tests.conversations.asking import SALMA, answered, ask
from tests.factories.vendors import make_adviser, make_cooperative, make_member, make_programme
from vendors.models import Cooperative, Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.REPLY_ADDRESS = "replies@shop.example"
    settings.REPLY_FOLDER = tmp_path / "mail"
    mailbox.Maildir(settings.REPLY_FOLDER)
    found: Path = settings.REPLY_FOLDER
    return found


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


@pytest.fixture
def member(cooperative: Cooperative) -> User:
    return make_member(cooperative)


@pytest.fixture
def conversation(cooperative: Cooperative, member: User) -> Conversation:
    return ask(cooperative)


def reply_address(user: str) -> str:
    """Where the last mail to somebody says to answer."""
    deliver_events()
    mails = [mail for mail in sent.outbox if mail.to == [user] and mail.reply_to]
    return str(mails[-1].reply_to[0])


def written(
    to: str, sender: str, text: str = "Oui, à froid.", *, message_id: str = "<1@x>", **more: str
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Somebody <{sender}>", to, "Re: question"
    mail["Message-ID"] = message_id
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def put(folder: Path, *mails: EmailMessage) -> dict[Outcome, int]:
    box = mailbox.Maildir(folder)
    for mail in mails:
        box.add(mail.as_bytes())
    return read_folder(folder)


def test_a_member_answers_by_mail_and_the_buyer_writes_back(
    folder: Path, conversation: Conversation, member: User
) -> None:
    quoted = (
        "\n\nLe mar. 1 déc. 2026 à 13:00, Twiza <replies+abc@\nshop.example> a écrit :\n> Salut"
    )
    mail = written(reply_address(member.email), member.email, f"Oui, à froid.{quoted}")
    box = mailbox.Maildir(folder)
    box.add(mail.as_bytes())

    read_answers()

    assert conversation.messages.latest("sent_at").text == "Oui, à froid."
    conversation.refresh_from_db()
    assert conversation.state == "answered"
    assert len(mailbox.Maildir(folder)) == 0
    back = written(reply_address(SALMA.email), SALMA.email.upper(), "Merci", message_id="<2@x>")
    assert put(folder, back)[Outcome.TAKEN] == 1
    assert conversation.messages.latest("sent_at").side == "buyer"


def test_the_same_mail_twice_is_one_message(
    folder: Path, conversation: Conversation, member: User
) -> None:
    mail = written(reply_address(member.email), member.email)
    assert put(folder, mail, mail)[Outcome.TAKEN] == 2
    assert put(folder, mail)[Outcome.TAKEN] == 1
    assert conversation.messages.count() == 2


def test_only_whom_the_address_belongs_to_can_write(
    folder: Path, conversation: Conversation, member: User, cooperative: Cooperative
) -> None:
    to = reply_address(member.email)
    colleague = make_member(cooperative)
    for sender in (colleague.email, SALMA.email, "stranger@example.org"):
        assert put(folder, written(to, sender))[Outcome.REFUSED] == 1
    unknown = "replies+aaaaaaaaaaaaaaaaaaaaaaaaaa@shop.example"
    for wrong in (unknown, "replies@shop.example", "x@other.example"):
        assert put(folder, written(wrong, member.email))[Outcome.REFUSED] == 1
    assert conversation.messages.count() == 1
    # An operator may look at what was refused.
    assert len(mailbox.Maildir(folder).get_folder("refused")) == 6


def test_who_is_no_longer_a_member_does_not_answer(
    folder: Path, conversation: Conversation, member: User
) -> None:
    to = reply_address(member.email)
    Membership.objects.within(conversation.cooperative.scope).update(role="accountant")
    assert put(folder, written(to, member.email))[Outcome.REFUSED] == 1
    Membership.objects.within(conversation.cooperative.scope).delete()
    assert put(folder, written(to, member.email))[Outcome.REFUSED] == 1
    assert conversation.messages.count() == 1


def test_an_adviser_answers_for_a_cooperative_without_members(
    folder: Path, cooperative: Cooperative
) -> None:
    adviser = make_adviser(cooperative)
    conversation = ask(cooperative)
    assert put(folder, written(reply_address(adviser.email), adviser.email))[Outcome.TAKEN] == 1
    assert conversation.messages.latest("sent_at").written_by == adviser


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<list.example>"},
    ],
)
def test_what_machines_send_is_ignored(
    folder: Path, conversation: Conversation, member: User, headers: dict[str, str]
) -> None:
    mail = written(reply_address(member.email), member.email, "Je suis absente.", **headers)
    assert put(folder, mail)[Outcome.IGNORED] == 1
    assert conversation.messages.count() == 1


def test_too_large_or_unreadable_mails_stop_nobody(
    folder: Path, conversation: Conversation, member: User
) -> None:
    to = reply_address(member.email)
    large = written(to, member.email, "x" * 1_000_001)
    long = written(to, member.email, "x\n" * 4_001, message_id="<3@x>")
    empty = written(to, member.email, "\n> quoted only", message_id="<4@x>")
    box = mailbox.Maildir(folder)
    for hostile in (b"", b"\xff\xfe\x00", b"Content-Type: text/plain; charset=nonsense\n\nx"):
        box.add(hostile)
    fine = written(to, member.email, "Oui.", message_id="<5@x>")
    counts = put(folder, large, long, empty, fine)
    assert counts[Outcome.TAKEN] == 1
    assert len(mailbox.Maildir(folder)) == 0
    assert [message.text for message in conversation.messages.all()][1:] == ["Oui."]


def test_a_mail_of_html_is_read_as_text(conversation: Conversation, member: User) -> None:
    mail = written(reply_address(member.email), member.email)
    mail.set_content(
        "<p>Oui, <b>à froid</b>.</p><script>x</script><blockquote>Salut</blockquote>",
        subtype="html",
    )
    assert take_in_mail(raw=mail.as_bytes()) is Outcome.TAKEN
    assert conversation.messages.latest("sent_at").text == "Oui, à froid."


def test_a_limit_leaves_the_mail_for_later(
    folder: Path, conversation: Conversation, member: User, settings: Any
) -> None:
    to = reply_address(member.email)
    for place in range(30):
        answered(conversation, member, f"Message {place}")
    settings.THROTTLES = True
    for place in range(30):
        answered(conversation, member, f"Message {place + 30}")
    assert put(folder, written(to, member.email))[Outcome.LATER] == 1
    assert len(mailbox.Maildir(folder)) == 1


def test_a_closed_conversation_takes_nothing(
    folder: Path, conversation: Conversation, member: User
) -> None:
    to = reply_address(member.email)
    close_conversation(conversation=conversation, reason="Fin", by=member)
    assert put(folder, written(to, member.email))[Outcome.REFUSED] == 1
    assert conversation.messages.count() == 2


def test_a_worker_that_is_killed_before_it_deletes_takes_it_once(
    folder: Path, conversation: Conversation, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = written(reply_address(member.email), member.email)
    with monkeypatch.context() as killed:
        killed.setattr(
            "marketplace.conversations.inbound.maildir._put_by",
            lambda *_all: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            put(folder, mail)
    assert read_folder(folder)[Outcome.TAKEN] == 1
    assert conversation.messages.count() == 2


def test_without_a_mailbox_mails_say_to_write_on_the_page(
    cooperative: Cooperative, member: User, settings: Any
) -> None:
    settings.REPLY_ADDRESS = ""
    settings.REPLY_FOLDER = None
    member.language = "en"
    member.save()
    ask(cooperative)
    deliver_events()
    (mail,) = [mail for mail in sent.outbox if mail.to == [member.email]]
    assert mail.reply_to == []
    assert "does not arrive" in mail.body
    read_answers()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Oui.", "Oui."),
        ("Oui.\n\n##- Write your answer above this line -##\nHello", "Oui."),
        ("Oui.\n\nOn Tue, 1 Dec 2026, Twiza wrote:\n> Hello\n> you", "Oui."),
        ("نعم.\n\nفي الثلاثاء كتب Twiza <replies+abc@shop.example>:\n\nمرحبا", "نعم."),
        ("Oui:\n\n- à froid\n- à la main\n\n-- \nFadma", "Oui:\n\n- à froid\n- à la main"),
        ("Un.\n\nDeux.\n> quoted", "Un.\n\nDeux."),
        ("> only quoted", ""),
    ],
)
def test_what_is_quoted_is_left_out(text: str, kept: str) -> None:
    assert without_quotation(text, "replies@shop.example") == kept
