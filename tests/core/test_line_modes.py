"""What each way of using LINE lets into a push, and who has to have decided it (DOMAIN §9)."""

from datetime import date

import pytest

from core.letters import LetterKind as K
from core.line_modes import (
    DirectChatNotYet,
    DirectChatUndecided,
    LineMode,
    LineUse,
    ModeForbids,
    WordsOf,
    lets_in,
    require_decided,
    require_let_in,
    words_of,
)
from core.municipal_profiles.answering import DirectChatDecision
from core.municipal_profiles.fitness import faults
from core.municipal_profiles.profile import MunicipalProfile

TODAY = date(2026, 11, 30)
DECIDED = DirectChatDecision(
    decided_by="福祉総務課長", decided_on=date(2026, 10, 1), reference="みどり福総第12号"
)
LETTERS = [kind for kind in K if kind is not K.ACKNOWLEDGEMENT]


def letters_in(mode: LineMode) -> set[K]:
    return {kind for kind in LETTERS if lets_in(mode, kind, WordsOf.LETTER)}


@pytest.mark.rule("DOMAIN-9")
def test_only_what_could_hang_on_a_notice_board_is_pushed_in_public_only() -> None:
    assert letters_in(LineMode.PUBLIC_ONLY) == {K.FIRST, K.SEASON, K.LEAFLET}
    with pytest.raises(ModeForbids):
        require_let_in(LineMode.PUBLIC_ONLY, K.CHECK_IN)


@pytest.mark.rule("DOMAIN-9")
@pytest.mark.parametrize("mode", [LineMode.ENTRANCE_LINK, LineMode.DIRECT_CHAT])
def test_approved_letters_of_every_kind_are_pushed_otherwise(mode: LineMode) -> None:
    assert letters_in(mode) == set(LETTERS)


@pytest.mark.rule("DOMAIN-9")
def test_a_conversation_is_on_line_in_direct_chat_alone_and_standing_texts_everywhere() -> None:
    assert words_of(K.REPLY, answers=True) is WordsOf.CONVERSATION
    assert words_of(K.REPLY) is WordsOf.LETTER
    assert words_of(K.ACKNOWLEDGEMENT, answers=True) is WordsOf.STANDING
    talks = {mode for mode in LineMode if lets_in(mode, K.REPLY, WordsOf.CONVERSATION)}
    assert talks == {LineMode.DIRECT_CHAT}
    assert all(lets_in(mode, K.ACKNOWLEDGEMENT, WordsOf.STANDING) for mode in LineMode)


@pytest.mark.rule("DOMAIN-9")
def test_direct_chat_needs_the_municipalitys_recorded_decision() -> None:
    direct = LineUse(mode=LineMode.DIRECT_CHAT)
    with pytest.raises(DirectChatUndecided):
        require_decided(direct, today=TODAY)
    nameless = DirectChatDecision(decided_by=" ", decided_on=TODAY, reference="x")
    with pytest.raises(DirectChatUndecided):
        require_decided(LineUse(mode=LineMode.DIRECT_CHAT, decision=nameless), today=TODAY)
    decided = LineUse(mode=LineMode.DIRECT_CHAT, decision=DECIDED)
    require_decided(decided, today=TODAY)
    with pytest.raises(DirectChatNotYet):
        require_decided(decided, today=date(2026, 9, 30))
    require_decided(LineUse(), today=TODAY)


def test_a_profile_says_who_decided_and_where_it_is_kept() -> None:
    nameless = DirectChatDecision(decided_by="", decided_on=TODAY, reference="x")

    def found(decision: DirectChatDecision) -> set[tuple[str, str]]:
        profile = MunicipalProfile(key="t", name="T", direct_chat=decision)
        return {(fault.key, fault.rule) for fault in faults(profile)}

    assert found(nameless) - found(DECIDED) == {("direct_chat", "DOMAIN-9")}
