"""Errors of the API, in the reader's language; ``code`` becomes ``extensions.code``."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Forbidden, NotFound, TwizaError


class SignInFirst(TwizaError):
    """The field is for members or staff, and nobody is signed in."""

    code = "unauthenticated"
    message = _("Sign in first. This section is for members of a cooperative and for staff.")


class FactorFirst(TwizaError):
    """The field is for staff, and the session gave no second factor."""

    code = "second_factor_required"
    message = _("Staff need two-step verification: set it up, or sign in again with a code.")


class NotThere(TwizaError):
    """The object does not exist or is not the caller's."""

    code = "not_found"
    message = _(
        "Nothing with this name was found, or you do not have access to it. Check the name."
    )


class NotYourRole(TwizaError):
    """The caller's role does not carry the permission."""

    code = "forbidden"
    message = _("Your role does not allow this. Ask a manager in your organisation.")


class OddValue(TwizaError):
    """An argument that cannot be parsed."""

    code = "bad_value"
    message = _("The value of “%(name)s” is not valid. See the schema for the allowed values.")


class OddCursor(TwizaError):
    """A cursor that this connection did not issue."""

    code = "bad_cursor"
    message = _("This cursor does not belong to this list. Start again without “after”.")


class OddPage(TwizaError):
    """A page size that is too small or too large."""

    code = "bad_page_size"
    message = _("“first” must be between 1 and %(most)s.")


class NotJson(TwizaError):
    """The request's body is not the expected JSON object."""

    code = "bad_request"
    message = _(
        "Send a JSON object with “query” and, if you need them, “variables” and “operationName”."
    )


class TooOften(TwizaError):
    """More requests from one address than the operator allows in a minute."""

    code = "too_often"
    message = _("Too many requests. Try again in %(seconds)s seconds.")


class OneAtATime(TwizaError):
    """A batch of operations in one request."""

    code = "batch_refused"
    message = _("Send one query at a time, not a list.")


class TooLong(TwizaError):
    """The request or its document is too large."""

    code = "too_long"
    message = _("The query is too long: at most %(most)s characters.")


class TooDeep(TwizaError):
    """Fields are nested too deeply."""

    code = "too_deep"
    message = _("The query is nested too deeply: at most %(most)s levels.")


class TooManyAliases(TwizaError):
    """The same fields repeated under other names."""

    code = "too_many_aliases"
    message = _("Too many aliases: at most %(most)s in one query.")


class TooManyFields(TwizaError):
    """More fields than validation compares, counted with each fragment where it is used."""

    code = "too_many_fields"
    message = _("The query has too many fields: at most %(most)s. Send several smaller queries.")


class TooManyFragments(TwizaError):
    """More fragments, uses of them, directives or operations than a document may have."""

    code = "too_many_fragments"
    message = _(
        "The query is too complex: at most %(fragments)s fragments, used %(spreads)s times, and "
        "%(directives)s directives."
    )


class FragmentsInCircle(TwizaError):
    """A fragment that contains itself."""

    code = "invalid_document"
    message = _("The fragment “%(name)s” contains itself.")


class TooManyValues(TwizaError):
    """Variables with more values than any field takes."""

    code = "too_many_values"
    message = _("The variables hold too many values: at most %(most)s.")


class TooCostly(TwizaError):
    """The operation's cost is above the limit of a request."""

    code = "too_costly"
    message = _(
        "The query costs %(cost)s; the limit is %(most)s. Request fewer fields or smaller pages."
    )


class ForgeryGuard(TwizaError):
    """A signed-in browser sent no CSRF token: the request may come from another site."""

    code = "csrf_failed"
    message = _(
        "Send the value of the cookie “csrftoken” in the header X-CSRFToken. It proves that the "
        "request comes from your own page."
    )


class OurFault(TwizaError):
    """An unexpected error; the logs have it under the number."""

    code = "internal"
    message = _(
        "Something went wrong on our side. Try again; if it persists, "
        "give us this number: %(number)s"
    )
    retry = True


def as_refusal(error: TwizaError) -> TwizaError:
    """An error of any room in the API's terms, where "page" has no meaning."""
    if isinstance(error, NotFound):
        return NotThere()
    if isinstance(error, Forbidden):
        return NotYourRole()
    return error
