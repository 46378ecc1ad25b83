"""Notes typed into Slack do not name people."""

import pytest

from bots.slack.private_words import found_private


@pytest.mark.parametrize(
    "note",
    [
        "090-1234-5678 に電話",
        "093-582-2525",
        "〒803-8501 あたり",
        "a.aoki@example.jp",
        "大手町1丁目の家",
        "青木さんと話した",
        "うつ病で通院",
        "1970年4月1日生まれ",
    ],
)
def test_what_names_a_person_is_found(note: str) -> None:
    assert found_private(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "本人さんの声が聞けた。11月30日 10:30 にまた来る",
        "お母さんと話せた",
        "玄関先で5分、娘さんも同席",
        "もう少し短く。2文目は要らないと思います",
        "手紙を残した。次は3週間後",
    ],
)
def test_everyday_notes_pass(note: str) -> None:
    assert found_private(note) == ""
