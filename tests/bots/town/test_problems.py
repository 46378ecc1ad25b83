"""Everything that is wrong is said at once, with file, line, field and a plain sentence."""

import pytest

from bots.town import Problem, TownFileWrong, read_town
from tests.bots.town.small import MONDAY, SMALL, TOKYO, Desk, line_of, small

LETTER_BODY = "森です。お返事はなくて大丈夫です。"
FAULTS = {
    "an unknown field": (
        ("    household: home\n", "    houshold: home\n"),
        "people.0.houshold",
        'there is no such field here; did you mean "household"?',
    ),
    "a field without its value": (
        ("    state: DISCOVERED\n", ""),
        "cases.1.state",
        "this field is needed",
    ),
    "an unknown state": (
        ("state: DISCOVERED", "state: FOUND"),
        "cases.1.state",
        "must be one of 'RECEIVED', 'DISCOVERED', 'LEAD_REVIEW'",
    ),
    "an unknown role": (
        ("roles: [outreach_worker]", "roles: [boss]"),
        "staff.0.roles.0",
        "must be one of 'outreach_worker'",
    ),
    "the product's own role": (
        ("roles: [outreach_worker]", "roles: [outreach_worker, system]"),
        "staff.0.roles.1",
        "nobody holds it",
    ),
    "a list that is none": (
        ("    roles: [outreach_worker]", "    roles: boss"),
        "staff.0.roles",
        "a list",
    ),
    "a code twice": (("code: P2", "code: P1"), "people.1.code", '"P1" is there already (people.0)'),
    "an alias twice": (("alias: A-2", "alias: A-1"), "cases.1.alias", "is there already"),
    "a case number twice": (('case_no: "2"', "case_no: 1"), "cases.1.case_no", "is there already"),
    "a colleague's Slack place twice": (
        ("U0HARA", "U0MORI"),
        "staff.1.slack_user_id",
        "is there already (staff.0)",
    ),
    "half a Slack place": (
        ("    slack_user_id: U0HARA\n", ""),
        "staff.1.slack_team_id",
        "needs both",
    ),
    "an agency that is not there": (
        ("agency: npo", "agency: npx"),
        "staff.0.agency",
        'there is no agency "npx" in this file; did you mean "npo"?',
    ),
    "an area that is not there": (
        ("label: 北の家, area: kita", "label: 北の家, area: minami"),
        "households.0.area",
        'no area "minami"',
    ),
    "a household that is not there": (
        ("household: home", "household: villa"),
        "people.0.household",
        'no household "villa"',
    ),
    "a person who is not there": (("person: P2", "person: P9"), "cases.1.person", 'no person "P9"'),
    "a lead who is not there": (
        ("lead: mori", "lead: miri"),
        "cases.0.lead",
        'no member of staff "miri"',
    ),
    "a seat for nobody": (
        (
            "- {staff: mori, role: outreach_worker}",
            "- {staff: nobody, role: outreach_worker}\n"
            "      - {staff: mori, role: outreach_worker}",
        ),
        "cases.0.seats.0.staff",
        'no member of staff "nobody"',
    ),
    "a seat beyond the member's roles": (
        ("{staff: mori, role: outreach_worker}", "{staff: mori, role: case_lead}"),
        "cases.0.seats.0.role",
        '"mori" does not hold the role case_lead',
    ),
    "a letter on no case": (("case: A-1\n", "case: A-7\n"), "letters.0.case", 'no case "A-7"'),
    "a letter before its time": (
        ("case: A-1\n", "case: A-2\n"),
        "letters.0.case",
        "state DISCOVERED (R-022)",
    ),
    "a small alias": (("alias: A-2", "alias: a-2"), "cases.1.alias", "such as A-12"),
    "a LINE id of a wrong kind": (
        ("U0123456789abcdef0123456789abcdef", "taichi"),
        "people.0.line.user_id",
        "U and 32 digits",
    ),
    "a day that does not exist": (
        ("2026-11-17 10:30", "2026-11-31 10:30"),
        "letters.0.opens_at",
        "must be a day and time such as",
    ),
    "a number for a day": (
        ("    name: 架空 二葉", "    name: 架空 二葉\n    birth_date: 19800101"),
        "people.1.birth_date",
        "must be a day such as 2025-04-01",
    ),
    "an hour that does not exist": (
        ("    name: 架空 二葉", "    name: 架空 二葉\n    wakes: 25:00\n    sleeps: 09:00"),
        "people.1.wakes",
        "must be a time of day such as 09:30",
    ),
    "half of one's own hours": (
        ("    name: 架空 二葉", "    name: 架空 二葉\n    wakes: 21:00"),
        "people.1.wakes",
        "both wakes and sleeps",
    ),
    "hours that never open": (
        ("areas:", "letter_rules: {opens: 20:00, closes: 10:00}\nareas:"),
        "letter_rules.closes",
        "must be later than opens",
    ),
    "a pace out of reach": (
        ("areas:", "letter_rules: {most_in_30_days: 99}\nareas:"),
        "letter_rules.most_in_30_days",
        "must be 30 or less",
    ),
    "a letter at night": (
        ("2026-11-17 10:30", "2026-11-17 22:30"),
        "letters.0.opens_at",
        "no letter may arrive then (G-05); the hours are 10:00 to 20:00",
    ),
    "a letter on a Sunday": (
        ("2026-11-17 10:30", "2026-11-22 10:30"),
        "letters.0.opens_at",
        "not on Sundays",
    ),
    "a letter at a time ahead of the load": (
        ("2026-11-17 10:30", "+0d 10:30"),
        "letters.0.opens_at",
        "for practice towns that ship with the product",
    ),
    "a letter with a word for no lock screen": (
        (LETTER_BODY, "森です。支援のお知らせです。"),
        "letters.0.body",
        'the wording check blocks "支援" (L5)',
    ),
    "a letter with a word not to be mentioned": (
        (LETTER_BODY, "森です。学校の桜が咲きました。"),
        "letters.0.body",
        'the wording check blocks "学校" (L6)',
    ),
    "a letter that answers a button": (
        ("    opens_at:", "    kind: ACKNOWLEDGEMENT\n    opens_at:"),
        "letters.0.kind",
        "put it under texts",
    ),
    "an account name that says too much": (
        ("ひなたのたより", "ひなた相談室"),
        "town.account_name",
        'the wording check blocks "相談" (L5)',
    ),
    "a text with a word for no lock screen": (
        ("body: わかりました。", "body: 支援を休みます。"),
        "texts.0.body",
        "blocks",
    ),
    "a template for nobody": (
        ("  - name: rest\n", "  - name: yoru\n    use: TEMPLATE\n    kind: CHECK_IN\n"),
        "texts.0.style",
        "a template needs its style",
    ),
    "a template with a field that nobody knows": (
        (
            '  - name: rest\n    version: "1"\n    body: わかりました。',
            '  - name: yoru\n    version: "1"\n    use: TEMPLATE\n    kind: CHECK_IN\n'
            '    style: standard\n    body: "{名前}です。"',
        ),
        "texts.0.body",
        "there is no field “名前”. (S1) Known fields are 名乗り",
    ),
    "a template without a name under it": (
        (
            '  - name: rest\n    version: "1"\n    body: わかりました。',
            '  - name: yoru\n    version: "1"\n    use: TEMPLATE\n    kind: CHECK_IN\n'
            "    style: standard\n    body: お返事はいりません。",
        ),
        "texts.0.body",
        "does not say who writes. (G-10)",
    ),
    "an acknowledgement with a field of letters": (
        ("body: わかりました。", 'body: "わかりました。{季節のことば}。"'),
        "texts.0.body",
        "季節のことば",
    ),
    "an answer with a style": (
        ("  - name: rest\n", "  - name: un\n    use: ANSWER\n    style: plain\n"),
        "texts.0.style",
        "only a template has a style",
    ),
    "an answer under a button's name": (
        ("  - name: rest\n", "  - name: rest\n    use: ANSWER\n"),
        "texts.0.use",
        "the name of an acknowledgement",
    ),
    "a text without a version": (('    version: "1"\n', ""), "texts.0.version", "is needed"),
    "an unknown version of the format": (("version: 1\n", "version: 2\n"), "version", "must be 1"),
    "an empty name": (("name: 架空 二葉", 'name: ""'), "people.1.name", "not empty"),
    "a field written twice": (
        ("    name: 架空 二葉", "    name: 架空 二葉\n    name: 架空 三葉"),
        "people.1.name",
        "written twice",
    ),
    "a person who is a word": (
        ("people:\n", "people:\n  - somebody\n"),
        "people.0",
        "fields of its own",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_named_with_its_field_and_line(desk: Desk, fault: str) -> None:
    change, field, sentence = FAULTS[fault]
    problems = desk.problems(small(change))

    assert any(p.field == field and sentence in p.sentence for p in problems), problems
    assert {p.file for p in problems} == {str(desk.file)}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("an unknown field", "houshold"),
        ("an unknown state", "state: FOUND"),
        ("an agency that is not there", "agency: npx"),
        ("a seat beyond the member's roles", "{staff: mori"),
        ("a LINE id of a wrong kind", "user_id: taichi"),
        ("a letter at night", "opens_at"),
    ],
)
def test_the_line_is_the_one_where_it_stands(desk: Desk, fault: str, words: str) -> None:
    change, field, _ = FAULTS[fault]
    text = small(change)

    assert {p.line for p in desk.problems(text) if p.field == field} == {line_of(text, words)}


def test_a_missing_field_points_at_what_misses_it(desk: Desk) -> None:
    problem = desk.problem(("    state: DISCOVERED\n", ""))

    assert problem.line == line_of(SMALL, '- case_no: "2"')


def test_two_people_with_one_line_account_are_refused(desk: Desk) -> None:
    second = (
        "    name: 架空 二葉\n    line:\n      user_id: U0123456789abcdef0123456789abcdef\n"
        "      given_at: 2025-06-10 14:20\n      evidence: 紙"
    )
    problem = desk.problem(("    name: 架空 二葉", second))

    assert problem.field == "people.1.line.user_id"
    assert "two people cannot have the same LINE account" in problem.sentence


@pytest.mark.rule("G-06")
def test_nobody_approves_their_own_text(desk: Desk) -> None:
    problem = desk.problem(("approved_by: hara", "approved_by: mori"))

    assert (problem.field, "G-06" in problem.sentence) == ("texts.0.approved_by", True)


def test_a_text_is_approved_by_somebody_who_may(desk: Desk) -> None:
    problem = desk.problem(
        ("author: mori\n    approved_by: hara", "author: hara\n    approved_by: mori")
    )

    assert '"mori" does not hold the role message_approver' in problem.sentence


@pytest.mark.rule("G-06")
def test_a_letter_needs_a_colleague_who_could_approve_it(desk: Desk) -> None:
    problem = desk.problem(("      - {staff: hara, role: message_approver}\n", ""))

    assert problem.field == "letters.0.case"
    assert "nobody but the author could approve" in problem.sentence


@pytest.mark.rule("R-022")
@pytest.mark.parametrize("state", ["DISCOVERED", "LEAD_REVIEW", "PRE_COORDINATION", "CLOSED"])
def test_no_letter_waits_on_a_case_whose_approach_has_not_begun_or_is_over(
    desk: Desk, state: str
) -> None:
    problem = desk.problem(("state: RELATIONSHIP_BUILDING", f"state: {state}"))

    assert problem.field == "letters.0.case"
    assert f"state {state} (R-022)" in problem.sentence


def test_a_letter_is_written_by_somebody_who_may_write_there(desk: Desk) -> None:
    problems = desk.problems(small(("author: mori\n    body: 森", "author: hara\n    body: 森")))

    assert {p.field for p in problems} == {"letters.0.author", "letters.0.case"}


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(desk: Desk) -> None:
    problems = desk.problems(
        small(
            ("agency: npo", "agency: npx"),
            ("state: DISCOVERED", "state: FOUND"),
            ("approved_by: hara", "approved_by: mori"),
            ("2026-11-17 10:30", "soon"),
        )
    )

    assert [p.field for p in problems] == [
        "staff.0.agency",
        "cases.1.state",
        "texts.0.approved_by",
        "letters.0.opens_at",
    ]
    assert [p.line for p in problems] == sorted(p.line for p in problems)


def test_a_fault_in_one_part_makes_no_other_part_look_wrong(desk: Desk) -> None:
    """The household has an unknown field, but who lives there still lives somewhere."""
    problem = desk.problem(("label: 北の家,", "label: 北の家, colour: red,"))

    assert problem.field == "households.0.colour"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("version: 1\ntown: {code: x\n", 3, "this is not YAML"),
        ("version: 1\n\ttown: x\n", 2, "this is not YAML"),
        ("version: 1\ntown: \x07\n", 2, "this is not YAML"),
        (b"version: 1\ntown: \x83\x7e\n", 2, "this is not UTF-8"),
        ("", 1, "the file is empty"),
        ("# nothing\n", 1, "the file is empty"),
        ("- version: 1\n", 1, "begins with version: 1"),
        ("--- {}\n--- {}\n", 2, "this is not YAML"),
        ("[" * 3000, 1, "nested too deeply"),
    ],
)
def test_what_is_no_town_file_at_all_is_told_in_one_sentence(
    desk: Desk, text: str | bytes, line: int, sentence: str
) -> None:
    (problem,) = desk.problems(text)

    assert (problem.line, problem.field) == (line, "")
    assert sentence in problem.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("version: 1\nareas: &x [*x]\n", "references"),
        ("version: 1\nareas: !!python/object:os.system [x]\n", "tags such as"),
        ("version: 1\n? [a]\n: b\n", "a field needs a plain name (line 2)"),
    ],
)
def test_what_yaml_could_do_beyond_a_town_file_is_refused(
    desk: Desk, text: str, sentence: str
) -> None:
    assert any(sentence in problem.sentence for problem in desk.problems(text))


def test_a_file_that_is_not_there_names_the_towns_that_are() -> None:
    with pytest.raises(TownFileWrong) as caught:
        read_town("practise", at=MONDAY, tz=TOKYO)

    (problem,) = caught.value.problems
    assert 'did you mean "practice"?' in problem.sentence


def test_a_problem_reads_as_a_compiler_would_say_it() -> None:
    problem = Problem(file="town.yaml", line=3, field="people.0.name", sentence="is empty")

    assert str(problem) == "town.yaml:3: people.0.name: is empty"
    assert str(TownFileWrong([problem])) == str(problem)


def test_an_answer_to_a_button_may_say_until_when_and_who_reads(desk: Desk) -> None:
    body = 'body: "わかりました。{再開日}まで休みます。{読む人}が読みます。"'
    town = desk.read(small(("body: わかりました。", body)))
    assert "{再開日}" in town.texts[0].body


def test_a_field_that_an_answer_cannot_have_is_named(desk: Desk) -> None:
    problem = desk.problem(("body: わかりました。", 'body: "わかりました。{好きなもの}。"'))
    assert problem.field == "texts.0.body"
    assert "好きなもの" in problem.sentence


@pytest.mark.parametrize(
    ("said", "code"),
    [("お電話は0120-111-222へ。", "L12"), ("https://example.com を見てください。", "L14")],
)
def test_a_text_that_stands_holds_no_strange_telephone_or_link(
    desk: Desk, said: str, code: str
) -> None:
    """With the town's profile, which says what was verified."""
    problem = desk.problem(
        ("name: ひなた町,", "name: ひなた町, profile: midori,"),
        ("body: わかりました。", f'body: "わかりました。{said}"'),
    )
    assert problem.field == "texts.0.body"
    assert code in problem.sentence
