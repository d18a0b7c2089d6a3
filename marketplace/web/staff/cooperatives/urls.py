"""Addresses of a programme's cooperatives."""

from django.urls import path

from marketplace.web.staff.cooperatives import (
    admission_views,
    adviser_views,
    invite_views,
    member_views,
    views,
)
from marketplace.web.staff.cooperatives.cooperative_list import COOPERATIVES
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_cooperatives, name="cooperatives"),
    *list_paths(COOPERATIVES),
    path("register/", views.register, name="cooperative-register"),
    path("invite/", invite_views.invite, name="cooperative-invite"),
    path("invite/sheet/", invite_views.read, name="cooperative-invite-sheet"),
    path("invite/sheet/send/", invite_views.send, name="cooperative-invite-send"),
    path("by-name/<slug:slug>/admission/", admission_views.show, name="admission"),
    path(
        "by-name/<slug:slug>/admission/approve/", admission_views.approve, name="admission-approve"
    ),
    path(
        "by-name/<slug:slug>/admission/return/", admission_views.give_back, name="admission-return"
    ),
    path("by-name/<slug:slug>/admission/refuse/", admission_views.refuse, name="admission-refuse"),
    path(
        "by-name/<slug:slug>/admission/phone-link/",
        invite_views.phone_link_again,
        name="admission-phone-link",
    ),
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
