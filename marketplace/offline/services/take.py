"""Use case: commands that a phone recorded without a network are done, each once."""

import logging
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.errors import Forbidden, TwizaError
from marketplace.offline.answers import (
    CONFLICT,
    FINAL,
    FORBIDDEN,
    LATER,
    OTHER,
    REFUSED,
    Answer,
)
from marketplace.offline.commands import Command, digest_of, read_command
from marketplace.offline.errors import (
    Conflict,
    OtherCommandTaken,
    UnreadableCommand,
)
from marketplace.offline.models import TakenCommand
from marketplace.offline.services.acts import WRITTEN, do
from marketplace.orders.locks import one_at_a_time
from vendors.policy import MemberAccess

logger = logging.getLogger(__name__)


def take_commands(*, access: MemberAccess, said: Iterable[tuple[UUID, Any]]) -> list[Answer]:
    """Do commands in their order and answer each; a repeat is given the answer that it had.

    ``said`` are keys with what each command said. Where one cannot be done now, what comes after
    it about the same thing waits with it. Call it outside a transaction.
    """
    answers: list[Answer] = []
    waiting: set[str] = set()
    for key, one in said:
        # The key alone would let a phone hold the lock of something else that has the same one.
        with one_at_a_time(uuid5(access.cooperative.pk, f"offline {key}")):
            answers.append(_taken(access, key, one, waiting))
    return answers


def _taken(access: MemberAccess, key: UUID, said: Any, waiting: set[str]) -> Answer:
    digest = digest_of(said)
    if earlier := _earlier(access, key):
        is_same = earlier.digest == digest and earlier.member_id == access.user.pk
        return Answer(**earlier.answer) if is_same else _words(OTHER, OtherCommandTaken())
    try:
        command = read_command(said)
    except UnreadableCommand as error:
        return _keep(access, key, "", digest, _words(REFUSED, error))
    if command.subject in waiting:
        return Answer(LATER)
    answer = _done(access, command, digest)
    if answer.state not in FINAL:
        waiting.add(command.subject)
    return answer


def _done(access: MemberAccess, command: Command, digest: str) -> Answer:
    """Do it and keep the answer.

    A draft and its answer are kept together or not at all. A sale and a count call the engine,
    which no transaction does: interrupted before the answer is kept, they are tried again, and
    find what they have done by the sale's own key and by the count that is there.
    """
    try:
        with transaction.atomic() if command.kind in WRITTEN else nullcontext():
            answer = do(access, command)
            return _keep(access, command.key, command.kind, digest, answer)
    except Exception as error:  # noqa: BLE001 -- one that fails must not hold up the others
        answer = _failed(error)
    if answer.state in FINAL:
        _keep(access, command.key, command.kind, digest, answer)
    return answer


def _failed(error: Exception) -> Answer:
    if isinstance(error, Forbidden):
        return _words(FORBIDDEN, error)
    if isinstance(error, Conflict):
        return Answer(CONFLICT, [str(error)], error.facts)
    if isinstance(error, TwizaError) and not error.retry:
        errors = getattr(error, "errors", None) or {"": error}
        return Answer(REFUSED, [str(one) for one in errors.values()])
    if not isinstance(error, TwizaError):
        logger.error("A command of a phone waits", exc_info=error)
    return Answer(LATER, [_("The shop cannot take this now. The phone tries again.")])


def _earlier(access: MemberAccess, key: UUID) -> TakenCommand | None:
    rows = TakenCommand.objects.within(access.scope)
    found: TakenCommand | None = rows.filter(key=key).first()
    return found


def _keep(access: MemberAccess, key: UUID, kind: str, digest: str, answer: Answer) -> Answer:
    TakenCommand.objects.create(
        cooperative=access.cooperative,
        key=key,
        member=access.user,
        kind=kind,
        digest=digest,
        answer=answer.written(),
    )
    return answer


def _words(state: str, error: TwizaError) -> Answer:
    return Answer(state, [str(error)])
