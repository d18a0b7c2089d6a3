"""Addresses of the cooperative's members."""

from django.urls import path

from marketplace.web.portal.members import views

urlpatterns = [
    path("", views.list_members, name="members"),
    path("<int:membership_id>/remove/", views.remove, name="member-remove"),
    path("invitations/<uuid:invitation_id>/resend/", views.resend, name="invitation-resend"),
    path("invitations/<uuid:invitation_id>/withdraw/", views.withdraw, name="invitation-withdraw"),
]
