"""Addresses of a programme's cooperatives."""

from django.urls import path

from marketplace.web.staff.cooperatives import adviser_views, member_views, views
from marketplace.web.staff.cooperatives.cooperative_list import COOPERATIVES
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_cooperatives, name="cooperatives"),
    *list_paths(COOPERATIVES),
    path("register/", views.register, name="cooperative-register"),
    path("by-name/<slug:slug>/", views.show_cooperative, name="cooperative"),
    path("by-name/<slug:slug>/publish/", views.publish, name="cooperative-publish"),
    path("by-name/<slug:slug>/pause/", views.pause, name="cooperative-pause"),
    path("by-name/<slug:slug>/leave/", views.let_leave, name="cooperative-leave"),
    path("by-name/<slug:slug>/members/", member_views.invite_member, name="cooperative-member"),
    path(
        "by-name/<slug:slug>/members/<int:membership_id>/remove/",
        member_views.remove_member,
        name="cooperative-member-remove",
    ),
    path(
        "by-name/<slug:slug>/invitations/<uuid:invitation_id>/resend/",
        member_views.resend,
        name="cooperative-invitation-resend",
    ),
    path(
        "by-name/<slug:slug>/invitations/<uuid:invitation_id>/withdraw/",
        member_views.withdraw,
        name="cooperative-invitation-withdraw",
    ),
    path("by-name/<slug:slug>/advisers/", adviser_views.advisers, name="cooperative-advisers"),
    path(
        "by-name/<slug:slug>/advisers/<int:adviser_id>/end/",
        adviser_views.end_adviser,
        name="cooperative-adviser-end",
    ),
    path(
        "by-name/<slug:slug>/marks/<int:mark_id>/verify/",
        views.verify_mark,
        name="cooperative-mark",
    ),
    path("by-name/<slug:slug>/account/confirm/", views.confirm_account, name="cooperative-account"),
    path(
        "by-name/<slug:slug>/account/told/<int:notice_id>/",
        views.told_by_phone,
        name="cooperative-account-told",
    ),
]
