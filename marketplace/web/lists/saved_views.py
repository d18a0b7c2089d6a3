"""Saved views: saved, renamed and deleted by whom they belong to, and by nobody else."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.errors import NotFound, TwizaError
from marketplace.web.lists.models import LONGEST_QUERY, SavedView
from vendors.accounts import User
from vendors.models import Programme

MOST_VIEWS = 20


class NameTaken(TwizaError):
    """Another view of the list has the name."""

    code = "saved_view_name_taken"
    message = _("You already have a view of this name. Choose another name.")


class TooManyViews(TwizaError):
    """As many views as one may keep of a list."""

    code = "saved_views_too_many"
    message = _("You have %(most)s saved views of this list. Delete one first.")


class ViewTooLong(TwizaError):
    """The filters are longer than a view keeps."""

    code = "saved_view_too_long"
    message = _("These filters are too long to be saved. Remove one.")


def views_of(owner: User, programme: Programme, list_name: str) -> QuerySet[SavedView]:
    """A person's own views of a list of a programme, by name."""
    own = SavedView.objects.filter(owner=owner, programme=programme, list_name=list_name)
    return own.order_by("name", "pk")


def find_view(owner: User, programme: Programme, list_name: str, view_id: UUID) -> SavedView:
    """One of them; raises NotFound, also for somebody else's."""
    found = views_of(owner, programme, list_name).filter(pk=view_id).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def save_view(
    *, programme: Programme, list_name: str, name: str, query: str, by: User
) -> SavedView:
    """Keep a view; the same one sent twice is kept once.

    Raises NameTaken, TooManyViews or ViewTooLong.
    """
    if len(query) > LONGEST_QUERY:
        raise ViewTooLong
    own = _locked(by, programme, list_name)
    if same := own.filter(name__iexact=name).first():
        if same.query == query:
            return same
        raise NameTaken
    if own.count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    view = SavedView.objects.create(
        owner=by, programme=programme, list_name=list_name, name=name, query=query
    )
    audit.record("saved_view.saved", view, by=by.actor, list=list_name)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User) -> None:
    """Give a view another name; raises NameTaken, and NotFound for somebody else's."""
    own = _locked(by, view.programme, view.list_name)
    if not own.filter(pk=view.pk).exists():
        raise NotFound
    if own.filter(name__iexact=name).exclude(pk=view.pk).exists():
        raise NameTaken
    own.filter(pk=view.pk).update(name=name)
    audit.record("saved_view.renamed", view, by=by.actor, list=view.list_name)


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    """Forget a view; raises NotFound for somebody else's or one that is gone."""
    own = _locked(by, view.programme, view.list_name)
    if not own.filter(pk=view.pk).exists():
        raise NotFound
    audit.record("saved_view.deleted", view, by=by.actor, list=view.list_name)
    own.filter(pk=view.pk).delete()


def _locked(owner: User, programme: Programme, list_name: str) -> QuerySet[SavedView]:
    """A person's views, which nobody else changes until the transaction ends."""
    User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    return views_of(owner, programme, list_name)
