"""同意: every line of everybody in the household, its scope in plain words, and what proves it."""

from bots.i18n.catalogue import word
from bots.i18n.proofs import proof_text
from bots.web.chapters.rows import Chapter, Row, Voice, facts, listed, topics_text
from core.consent import ConsentLine, ConsentState
from core.consent.scopes import (
    AgencyScope,
    AttendScope,
    CollectScope,
    FamilyScope,
    LineScope,
    MeetingScope,
    ServiceScope,
)
from core.letters import ENDS, LetterKind


def consents(voice: Voice) -> Chapter:
    """Lines in force first, then by person as they came."""
    lines = sorted(voice.story.consents, key=lambda line: not line.in_force(voice.today))
    return Chapter(
        id="consents",
        title="同意",
        rows=tuple(_line(line, voice) for line in lines),
        empty="まだ同意の記録はありません。急がなくて大丈夫です。",
    )


def _line(line: ConsentLine, voice: Voice) -> Row:
    of_another = line.subject != voice.story.person.id
    title = word(line.type)
    given = line.state is ConsentState.GIVEN
    return Row(
        title=f"{voice.person(line.subject)}:{title}" if of_another else title,
        chip=word(line.state),
        tone="open" if given else "still",
        when=voice.moment(line.since),
        facts=facts(
            ("範囲", scope_text(line, voice)),
            ("いつまで", "" if line.expires_on is None else f"{voice.day(line.expires_on)} の前日"),
            ("説明", _explained(line, voice)),
            ("根拠", proof_text(line.evidence)),
            ("代わりの方", _giver(line, voice)),
        ),
    )


def scope_text(line: ConsentLine, voice: Voice) -> str:
    """What the line covers, as one would say it."""
    match line.scope:
        case LineScope(kinds=kinds):
            whole = kinds >= frozenset(LetterKind)
            return "" if whole else listed(map(word, sorted(kinds - ENDS)))
        case ServiceScope(programme=programme):
            return f"{voice.names.programme(programme)}の利用"
        case CollectScope(member=member, topics=topics, sources=sources):
            asked = listed(_agency_or_words(one, voice) for one in sorted(sources))
            return f"{voice.person(member)}について、{asked}に、{topics_text(topics)}をたずねる"
        case MeetingScope(body=body_id, membership_version=version):
            body = next((one for one in voice.story.bodies if one.id == body_id), None)
            name = body_id if body is None else body.name
            return f"{name}(名簿 第{version}版の方々)で話し合う"
        case AgencyScope(agencies=agencies, topics=topics):
            told = listed(voice.agency(one) or one for one in sorted(agencies))
            return f"{told}に、{topics_text(topics)}を伝える"
        case FamilyScope(relative=relative, topics=topics):
            return f"{voice.person(relative)}に、{topics_text(topics)}を伝える"
        case AttendScope():
            return "会議にご本人が出る"
    return ""


def _agency_or_words(source: str, voice: Voice) -> str:
    return voice.agency(source) or source


def _explained(line: ConsentLine, voice: Voice) -> str:
    by, at = voice.colleague(line.explained_by), voice.moment(line.explained_at)
    version = f"(文章 {line.text_version})" if line.text_version and at else ""
    return f"{at} {by}{version}".strip()


def _giver(line: ConsentLine, voice: Voice) -> str:
    giver = line.giver
    if giver is None or giver.person_id == line.subject:
        return ""
    return f"{voice.person(giver.person_id)}({giver.authority})"
