"""Errors of synchronising, with messages for the person who can act on them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class AnotherPerson(TwizaError):
    """The queue is another person's than who is signed in. Nothing was taken."""

    code = "another_person"
    message = _("These entries are another person's. They are sent when that person signs in.")


class UnreadableCommands(TwizaError):
    """No list of commands at all. Nothing was taken."""

    code = "unreadable_commands"
    message = _("What the phone sent cannot be read. Nothing was taken.")


class TooManyCommands(TwizaError):
    """More at once than is taken. Nothing was taken."""

    code = "too_many_commands"
    message = _("The phone sent too much at once. Nothing was taken.")


class OtherCommandTaken(TwizaError):
    """The key was used before, for something else or by somebody else."""

    code = "command_taken_otherwise"
    message = _("Something else was sent under the same number. This was not taken: enter it anew.")


class UnreadableCommand(TwizaError):
    """A command that says nothing that we know."""

    code = "unreadable_command"
    message = _("This entry cannot be read. Enter it again on its own page.")


class Conflict(TwizaError):
    """Something is not as the phone saw it; ``facts`` say how it is. Nothing was changed."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        super().__init__(**facts)


class CountedOtherwise(Conflict):
    """The stock is another one than the phone expected when somebody counted."""

    code = "counted_otherwise"
    message = _(
        "In the shop's stock: %(now)s. Expected by this phone: %(seen)s. Counted: %(entered)s. "
        "Nothing was changed, because pieces were sold or counted meanwhile. Count again."
    )


class DraftChanged(Conflict):
    """A draft is another one than the person saw, or none any more. Nothing was saved."""

    code = "draft_changed"
    message = _(
        "This product is not as the phone last saw it. Nothing was saved: compare, then enter the "
        "change again."
    )
