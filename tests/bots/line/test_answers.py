"""What LINE's answers mean."""

import json

import pytest
from multidict import CIMultiDict

from bots.line.answers import outcome_of
from core.outbox import Accepted, ChannelClosed, Outcome, Refused, TryLater

IDS = {"X-Line-Request-Id": "r-2"}


def answered(status: int, message: str = "", **more: object) -> Outcome:
    body = json.dumps({"message": message, **more}).encode()
    return outcome_of(status, CIMultiDict(IDS), body)


def test_200_means_that_line_has_it() -> None:
    assert answered(200) == Accepted(request_id="r-2")


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>proxy</html>", b"\xff", b"["])
def test_200_with_an_unreadable_body_does_too(body: bytes) -> None:
    assert outcome_of(200, CIMultiDict(IDS), body) == Accepted(request_id="r-2")


def test_200_without_a_request_id_does_too() -> None:
    assert outcome_of(200, CIMultiDict(), b"{}") == Accepted(request_id="")


def test_409_names_the_request_that_was_accepted_before() -> None:
    headers = CIMultiDict(IDS | {"x-line-accepted-request-id": "r-1"})
    assert outcome_of(409, headers, b"{}") == Accepted(request_id="r-1", already=True)


def test_409_that_names_none_is_a_refusal() -> None:
    assert answered(409, "conflict") == Refused(status=409, detail="HTTP 409 · conflict")


@pytest.mark.parametrize("status", [400, 404, 405, 410, 413, 415, 422])
def test_a_4xx_will_never_be_taken(status: int) -> None:
    assert answered(status, "no") == Refused(status=status, detail=f"HTTP {status} · no")


def test_a_refusal_tells_what_line_complains_about() -> None:
    outcome = answered(
        400,
        "The request body has 1 error(s)",
        details=[{"message": "May not be empty", "property": "messages[0].text"}],
    )
    assert outcome == Refused(
        status=400,
        detail="HTTP 400 · The request body has 1 error(s) · messages[0].text: May not be empty",
    )


def test_a_person_s_words_never_get_into_the_detail() -> None:
    outcome = answered(400, "bad: 眠れない夜が続く", words="眠れない夜が続く", details="眠れない")
    assert isinstance(outcome, Refused)
    assert outcome.detail.isascii() or set(outcome.detail) - {"·"} < set(map(chr, range(128)))
    assert "眠" not in outcome.detail


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("status", [400, 401, 429, 503])
def test_an_unreadable_complaint_is_still_an_answer(status: int, body: bytes) -> None:
    outcome = outcome_of(status, CIMultiDict(), body)
    assert not isinstance(outcome, Accepted)
    assert outcome.detail == f"HTTP {status}"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_closes_the_channel(status: int) -> None:
    outcome = answered(status, "Authentication failed")
    assert outcome == ChannelClosed(cause="TOKEN", detail=f"HTTP {status} · Authentication failed")


def test_the_monthly_limit_closes_the_channel() -> None:
    outcome = answered(429, "You have reached your monthly limit.")
    assert isinstance(outcome, ChannelClosed)
    assert outcome.cause == "QUOTA"


@pytest.mark.parametrize(
    "message", ["The API rate limit has been exceeded. Try again later.", "", "too many to one"]
)
def test_any_other_429_passes_and_nothing_was_taken(message: str) -> None:
    outcome = answered(429, message)
    assert isinstance(outcome, TryLater)
    assert not outcome.maybe_taken


@pytest.mark.parametrize("status", [500, 502, 503, 504, 302, 408, 599])
def test_a_5xx_or_something_in_between_may_have_been_delivered(status: int) -> None:
    outcome = answered(status)
    assert isinstance(outcome, TryLater)
    assert outcome.maybe_taken


def test_a_detail_stays_short() -> None:
    outcome = answered(400, "x" * 10_000, details=[{"property": "p", "message": "y" * 900}] * 90)
    assert isinstance(outcome, Refused)
    assert len(outcome.detail) <= 300
