"""What can go wrong when a cooperative presents its members."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid, NotFound, TwizaError


class ConsentMissing(Invalid):
    """A member is presented only with consent."""

    code = "consent_missing"
    message = _("Tick that the person has agreed: nobody is presented without.")


class MemberNotShown(NotFound):
    """No such member is presented, or another cooperative's."""

    code = "member_not_shown"


class TooManyShown(TwizaError):
    """A page presents so many members and no more."""

    code = "too_many_shown"
    message = _("A page presents at most %(count)s people. Take somebody away first.")
