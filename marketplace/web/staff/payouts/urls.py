"""Addresses of payout runs and of the ledger, under a programme."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.payouts import (
    bank_report_views,
    ledger_views,
    money_views,
    route_views,
    run_actions,
    views,
)
from marketplace.web.staff.payouts.balance_list import BALANCES
from marketplace.web.staff.payouts.payout_lists import BANK_REPORTS, HOLDS, ROUTES, RUNS

urlpatterns = [
    path("", views.list_runs, name="payouts"),
    *list_paths(RUNS),
    path("prepare/", views.prepare, name="payout-prepare"),
    path("ledger/", ledger_views.show_ledger, name="ledger"),
    path("answers/", bank_report_views.bank_reports, name="payout-bank-reports"),
    *list_paths(BANK_REPORTS, "answers/"),
    path("answers/<uuid:report_id>/", bank_report_views.bank_report, name="payout-bank-report"),
    path("cooperatives/", money_views.list_money, name="cooperatives-money"),
    *list_paths(BALANCES, "cooperatives-"),
    path("cooperatives/<slug:slug>/", money_views.show_money, name="cooperative-money"),
    path(
        "cooperatives/<slug:slug>/debt/<slug:currency>/",
        money_views.end_debt,
        name="cooperative-debt",
    ),
    path("holds/", route_views.holds, name="payout-holds"),
    *list_paths(HOLDS, "holds/"),
    path("holds/<int:hold_id>/lift/", route_views.lift, name="payout-hold-lift"),
    path("ways/", route_views.routes, name="payout-routes"),
    *list_paths(ROUTES, "ways/"),
    path("ways/<int:route_id>/confirm/", route_views.confirm_route, name="payout-route-confirm"),
    path("<slug:reference>/", views.show_run, name="payout-run"),
    path("<slug:reference>/lines.csv", views.download_lines, name="payout-lines"),
    path("<slug:reference>/stand-for/", run_actions.submit_draft, name="payout-submit-draft"),
    path("<slug:reference>/pay/", run_actions.send_by_provider, name="payout-pay"),
    path("<slug:reference>/approve/", views.approve, name="payout-approve"),
    path("<slug:reference>/send-back/", views.send_back, name="payout-send-back"),
    path("<slug:reference>/file/", run_actions.make_file, name="payout-file"),
    path("<slug:reference>/file/<slug:file_format>/", views.download_file, name="payout-download"),
    path("<slug:reference>/sent/", run_actions.mark_sent, name="payout-sent"),
    path("<slug:reference>/settled/", run_actions.mark_settled, name="payout-settled"),
    path(
        "<slug:reference>/lines/<uuid:line_id>/returned/",
        run_actions.mark_returned,
        name="payout-returned",
    ),
]
