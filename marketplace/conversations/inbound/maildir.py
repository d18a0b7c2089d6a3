"""The folder into which a mail server puts answers: a Maildir, as every server can write one.

What was taken or ignored is deleted; what was refused goes to its subfolder ``refused``, where an
operator may read why somebody's answer did not arrive, and is deleted after some weeks.
"""

import logging
import mailbox
import time
from pathlib import Path

from marketplace.conversations.inbound.reading import MOST_BYTES
from marketplace.conversations.services.take_in_mail import Outcome, take_in_mail

logger = logging.getLogger(__name__)

# Mails in one turn of the job.
_AT_ONCE = 200
_REFUSED_SECONDS = 30 * 24 * 3600


def read_folder(path: Path) -> dict[Outcome, int]:
    """Take in what lies in a Maildir; returns how many mails met which outcome.

    Killed after a mail was taken and before it is deleted, it is read again and is one message.
    """
    box = mailbox.Maildir(path, create=False)
    counts = dict.fromkeys(Outcome, 0)
    for key in sorted(box.keys())[:_AT_ONCE]:
        try:
            with box.get_file(key) as file:
                raw = file.read(MOST_BYTES + 1)
        except KeyError:  # another worker was quicker
            continue
        try:
            outcome = take_in_mail(raw=raw)
        except Exception:
            # It stays, and is tried again; the others are read all the same.
            logger.exception("An answer by mail could not be read")
            continue
        counts[outcome] += 1
        _put_by(box, key, outcome)
    _forget_refused(box)
    return counts


def _put_by(box: mailbox.Maildir, key: str, outcome: Outcome) -> None:
    if outcome is Outcome.LATER:
        return
    if outcome is Outcome.REFUSED:
        refused = _refused(box)
        refused.add(box.get_message(key))
    box.discard(key)


def _refused(box: mailbox.Maildir) -> "mailbox.Maildir":
    return box.add_folder("refused")


def _forget_refused(box: mailbox.Maildir) -> None:
    if "refused" not in box.list_folders():
        return
    refused = box.get_folder("refused")
    for key, message in list(refused.items()):
        if message.get_date() < time.time() - _REFUSED_SECONDS:
            refused.discard(key)
