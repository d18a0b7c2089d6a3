"""Why the API refuses, in the reader's language; ``code`` becomes ``extensions.code``."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Forbidden, NotFound, TwizaError


class SignInFirst(TwizaError):
    """The field is for members or staff, and nobody is signed in."""

    code = "unauthenticated"
    message = _("Sign in first: this part is for members of a cooperative and for staff.")


class NotThere(TwizaError):
    """The object is not there, or is not the caller's."""

    code = "not_found"
    message = _("There is nothing of this name that you may see. Check the name you asked for.")


class NotYourRole(TwizaError):
    """The object is the caller's, but their role does not carry the permission."""

    code = "forbidden"
    message = _("Your role does not allow this. Ask a manager in your organisation.")


class OddValue(TwizaError):
    """An argument that cannot be read."""

    code = "bad_value"
    message = _("The value of “%(name)s” cannot be read. The schema says what it may be.")


class OddCursor(TwizaError):
    """A cursor that this connection did not give."""

    code = "bad_cursor"
    message = _("This cursor is not one of this list. Start again without “after”.")


class OddPage(TwizaError):
    """A page of none, or of too many."""

    code = "bad_page_size"
    message = _("“first” may be 1 to %(most)s.")


class NotJson(TwizaError):
    """The request's body is not the JSON object that it should be."""

    code = "bad_request"
    message = _(
        "Send a JSON object with “query” and, if you need them, “variables” and “operationName”."
    )


class TooOften(TwizaError):
    """More questions from one address than the operator allows in a minute."""

    code = "too_often"
    message = _("Too many questions at once. Ask again in %(seconds)s seconds.")


class OneAtATime(TwizaError):
    """A list of questions in one request."""

    code = "batch_refused"
    message = _("Send one question at a time, not a list of them.")


class TooLong(TwizaError):
    """The request or its document is larger than anybody needs."""

    code = "too_long"
    message = _("The question is too long: at most %(most)s characters.")


class TooDeep(TwizaError):
    """Fields inside fields, further than the API goes."""

    code = "too_deep"
    message = _("The question goes too deep: at most %(most)s fields inside one another.")


class TooManyAliases(TwizaError):
    """The same fields again and again under other names."""

    code = "too_many_aliases"
    message = _("Too many aliases: at most %(most)s in one question.")


class TooCostly(TwizaError):
    """More than one request may cost."""

    code = "too_costly"
    message = _(
        "The question costs %(cost)s, and at most %(most)s is answered. "
        "Ask for fewer fields or smaller pages."
    )


class ForgeryGuard(TwizaError):
    """A signed-in browser sent no CSRF token: perhaps another site made it ask."""

    code = "csrf_failed"
    message = _(
        "Send the value of the cookie “csrftoken” as the header X-CSRFToken. "
        "It proves that the question comes from your own page."
    )


class OurFault(TwizaError):
    """Something that must not happen; the logs have it under the number."""

    code = "internal"
    message = _("Something went wrong on our side. Try again; if it stays so, tell us: %(number)s")
    retry = True


def as_refusal(error: TwizaError) -> TwizaError:
    """An error of any room as the API says it: no page is spoken of where there is none."""
    if isinstance(error, NotFound):
        return NotThere()
    if isinstance(error, Forbidden):
        return NotYourRole()
    return error
