from dataclasses import dataclass

from marketplace.embedded.payments.amounts import Amounts, amounts_of


@dataclass
class Event:
    type: str
    amount_minor: int
    psp_reference: str = "psp-1"


def test_a_request_is_pending_until_answered() -> None:
    requested = [Event("CHARGE_REQUEST", 500)]
    answered = [*requested, Event("CHARGE_SUCCESS", 500)]

    # A charge takes from what was authorised, which never falls below nothing.
    assert amounts_of(requested) == Amounts(charge_pending=500)
    assert amounts_of(answered) == Amounts(charged=500)


def test_charging_an_authorisation_moves_it() -> None:
    events = [Event("AUTHORIZATION_SUCCESS", 1000), Event("CHARGE_SUCCESS", 400, "psp-2")]

    assert amounts_of(events) == Amounts(authorized=600, charged=400)


def test_a_refund_takes_from_what_was_charged() -> None:
    events = [Event("CHARGE_SUCCESS", 1000), Event("REFUND_REQUEST", 300, "rf-1")]

    assert amounts_of(events) == Amounts(charged=700, refund_pending=300)
    events.append(Event("REFUND_SUCCESS", 300, "rf-1"))
    assert amounts_of(events) == Amounts(charged=700, refunded=300)


def test_a_failed_refund_leaves_the_charge() -> None:
    events = [
        Event("CHARGE_SUCCESS", 1000),
        Event("REFUND_REQUEST", 300, "rf-1"),
        Event("REFUND_FAILURE", 300, "rf-1"),
    ]

    assert amounts_of(events) == Amounts(charged=1000)


def test_of_a_success_and_a_failure_the_later_counts() -> None:
    early_failure = [Event("CHARGE_FAILURE", 10), Event("CHARGE_SUCCESS", 10)]
    late_failure = [Event("CHARGE_SUCCESS", 10), Event("CHARGE_FAILURE", 10)]

    assert amounts_of(early_failure).charged == 10
    assert amounts_of(late_failure).charged == 0


def test_a_refund_taken_back_is_charged_again() -> None:
    events = [
        Event("CHARGE_SUCCESS", 1000),
        Event("REFUND_SUCCESS", 300, "rf-1"),
        Event("REFUND_REVERSE", 300, "rf-1"),
    ]

    assert amounts_of(events) == Amounts(charged=1000)


def test_an_adjustment_overrides_earlier_authorisations() -> None:
    events = [
        Event("AUTHORIZATION_SUCCESS", 1000),
        Event("AUTHORIZATION_ADJUSTMENT", 700, "psp-2"),
    ]

    assert amounts_of(events) == Amounts(authorized=700)


def test_a_charge_back_takes_the_charge_away() -> None:
    events = [Event("CHARGE_SUCCESS", 1000), Event("CHARGE_BACK", 1000)]

    assert amounts_of(events) == Amounts()


def test_cancelling_frees_the_authorisation() -> None:
    events = [Event("AUTHORIZATION_SUCCESS", 1000), Event("CANCEL_SUCCESS", 1000, "c-1")]

    assert amounts_of(events) == Amounts(canceled=1000)


def test_events_without_reference_are_counted_as_they_are() -> None:
    events = [
        Event("AUTHORIZATION_SUCCESS", 1000, ""),
        Event("CHARGE_SUCCESS", 200, ""),
        Event("INFO", 5, ""),
    ]

    assert amounts_of(events) == Amounts(authorized=1000, charged=200)


def test_information_and_required_actions_count_nothing() -> None:
    assert amounts_of([Event("INFO", 5), Event("CHARGE_ACTION_REQUIRED", 5)]) == Amounts()
