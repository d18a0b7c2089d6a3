"""Who may act on a programme's books: checked in the services, whatever called them."""

from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from vendors.accounts import User
from vendors.models import Programme
from vendors.permissions import StaffPermission
from vendors.policy import staff_access


def require_permission(by: Actor, programme: Programme, permission: StaffPermission) -> User:
    """The user behind ``by``, who has the permission in the programme today.

    Raises Forbidden for machines and other roles, NotFound without a role in the programme.
    """
    if by.kind != "user":
        raise Forbidden
    user = User.objects.get(pk=by.id)
    return staff_access(user, programme.slug, permission).user
