"""The table of shapes: every row of what is known of speakers' lines, as values to print with."""

from __future__ import annotations

from dataclasses import replace

from tests.printing.forms import Odd, Shape

_OFFICE = "{mark}{office}（{name}君）"
_SEAT = "{mark}{seat}（{name}君）"
_RUN = "{mark}{name}{office}"
_RUN_MEMBER = "{mark}{name}議員"
_SPEAKERS = ("chair", "head", "executive", "staff", "reporter", "committee")


def _shape(name: str, row: int, office: str, member: str, **others: object) -> Shape:
    """A shape whose chair prints as every office does."""
    return replace(
        Shape(name=name, row=row, chair=office, executive=office, member=member),
        **others,  # type: ignore[arg-type]
    )


USUAL = (
    _shape("mark, office（name君）", 0, _OFFICE, _SEAT),
    _shape("mark ◯", 0, _OFFICE, _SEAT, mark="◯"),
    _shape(
        "mark 〇, 議員 in brackets",
        0,
        "{mark}{office}（{name}）",
        "{mark}{seat}（{name}議員）",
        mark="〇",
    ),
    _shape("さん", 0, "{mark}{office}（{name}さん）", "{mark}{seat}（{name}さん）", after=""),
    _shape(
        "a mark a kind",
        0,
        "{mark}{office}（{name}）",
        "{mark}{seat}（{name}）",
        marks={"member": "◆", "executive": "◎", "head": "◎", "staff": "◎", "committee": "◆"},
    ),
    _shape("name office", 0, _RUN, _RUN_MEMBER),
    _shape("office name君", 0, "{mark}{office}　{name}君", "{mark}{seat}　{name}君"),
    _shape("〔〕", 0, "{mark}{office}〔{name}君〕", "{mark}{seat}〔{name}君〕"),
    _shape("【】", 0, "{mark}{office}【{name}】", "{mark}{seat}【{name}】"),
    _shape("［］", 0, "{mark}{office}［{name}君］", "{mark}{seat}［{name}君］"),
    _shape(
        "a space behind the mark", 0, "{mark}　{office}（{name}君）", "{mark}　{seat}（{name}君）"
    ),
    _shape(
        "a space before 君",
        0,
        "{mark}{office}（{name} 君）",
        "{mark}{seat}（{name} 君）",
        name_gap=" ",
    ),
    _shape("letters of names spaced", 0, _OFFICE, _SEAT, name_gap="spread"),
)
ROWS = (
    _shape(
        "登壇 behind",
        1,
        "{mark}{office}（{name}）",
        "{mark}{seat}（{name}）",
        odd=(
            Odd(
                of=("member", "head", "executive"),
                share=0.6,
                template="{mark}{seat}{office}（{name}）（登壇）",
            ),
        ),
    ),
    _shape(
        "text behind brackets", 1, "{mark}{office}（{name}）", "{mark}{seat}（{name}）", after=""
    ),
    _shape(
        "登壇 and text at once",
        1,
        "{mark}{office}（{name}）",
        "{mark}{seat}（{name}）",
        after="",
        odd=(
            Odd(
                of=("member", "head", "executive"),
                share=0.6,
                template="{mark}{seat}{office}（{name}）〔登壇〕",
            ),
        ),
    ),
    _shape("name, then office", 2, "{mark}　{name}　{office}", "{mark}　{name}　議員"),
    _shape(
        "surname, given name and office",
        2,
        "{mark}{surname}　{given}{office}",
        "{mark}{surname}　{given}議員",
    ),
    _shape("office alone, speech below", 3, "{mark}{office}", "{mark}{seat}", after="\n"),
    _shape("name office, speech below", 3, _RUN, _RUN_MEMBER, after="\n"),
    _shape("office（name）, speech below", 3, _OFFICE, _SEAT, after="\n"),
    _shape("letters of offices spaced", 4, "{mark}{office}", "{mark}{seat}", office_gap=0.6),
    _shape("letters of offices spaced, name", 4, _OFFICE, _SEAT, office_gap=0.6, name_gap="　"),
    Shape(
        name="verb",
        row=5,
        chair="{mark}{office}",
        executive="{mark}{office}答弁",
        staff="{mark}{office}",
        member="{mark}{surname}議員質問",
        committee="{mark}{surname}委員質問",
    ),
    Shape(
        name="verb without mark",
        row=5,
        chair="{surname}{office}",
        executive="{office}答弁",
        staff="{office}",
        member="{surname}議員質問",
        committee="{surname}委員質問",
    ),
    _shape(
        "marks of their own",
        6,
        _OFFICE,
        _SEAT,
        marks={
            "chair": "◎",
            "head": "△",
            "executive": "□",
            "staff": "□",
            "reporter": "○",
            "member": "○",
            "committee": "○",
        },
    ),
    _shape(
        "marks of their own, office alone",
        6,
        "{mark}{office}",
        "{mark}{seat}（{name}君）",
        marks={
            "chair": "◎",
            "head": "△",
            "executive": "□",
            "staff": "□",
            "reporter": "○",
            "member": "○",
            "committee": "○",
        },
    ),
    _shape(
        "marks of their own, filled",
        6,
        _RUN,
        _RUN_MEMBER,
        mark="◇",
        marks={"chair": "●", "head": "■", "executive": "■", "staff": "▽"},
    ),
    _shape("no mark: office（name君）", 7, "{office}（{name}君）", "{seat}（{name}君）"),
    _shape(
        "no mark: office（name君）, speech below",
        7,
        "{office}（{name}君）",
        "{seat}（{name}君）",
        after="\n",
    ),
    _shape(
        "no mark: 【office：name】", 7, "【{office}：{name}】", "【{seat}：{name}】", after="\n"
    ),
    _shape(
        "no mark: 【office：name】 and speech",
        7,
        "【{office}：{name}】",
        "【{seat}：{name}】",
        after="",
    ),
    _shape("no mark: 〔name office〕", 7, "〔{name}{office}〕", "〔{name}議員〕", after="\n"),
    _shape("１．", 7, _OFFICE, _SEAT, mark="１．"),
    _shape("１．２．３．", 7, _OFFICE, _SEAT, mark="{n}．"),
    _shape(
        "◇office surname given",
        7,
        "{mark}{office} {name}",
        "{mark}{seat} {name}",
        mark="◇",
        name_gap=" ",
    ),
    _shape("no mark: office name", 7, "{office} {name}", "{seat} {name}"),
    _shape(
        "no mark: office name, speech below", 7, "{office}　{name}", "{seat}　{name}", after="\n"
    ),
    _shape("no mark: office", 7, "{office}", "{seat}"),
    _shape("no mark: name office", 7, "{name}{office}", "{name}議員"),
    _shape(
        "surname office, no space", 8, "{mark}{surname}{office}", "{mark}{surname}議員", after=""
    ),
    _shape("name office, no space", 8, _RUN, _RUN_MEMBER, after=""),
    _shape("議員（seat　name君）", 9, _OFFICE, "{mark}議員（{seat}　{name}君）"),
    _shape("seat 議員（name君）", 9, _OFFICE, "{mark}{seat}議員（{name}君）"),
    _shape("no mark: 議員（seat　name君）", 9, "{office}（{name}君）", "議員（{seat}　{name}君）"),
    _shape("no mark: seat 議員（name君）", 9, "{office}（{name}君）", "{seat}議員（{name}君）"),
    _shape(
        "（続） and mid-line",
        10,
        _OFFICE,
        "{mark}{name}君",
        odd=(
            Odd(of=("member",), share=0.4, template="{mark}{name}君（続）", again=True),
            Odd(of=("member",), share=0.3, template="{mark}（{name}君）続き", again=True),
            Odd(of=("chair",), share=0.25, midline=True),
            Odd(of=("chair", "head"), share=0.1, before="\t"),
            Odd(of=("executive", "member"), share=0.1, before="\u00a0"),
            Odd(of=("member",), share=0.15, after=""),
        ),
    ),
    _shape(
        "（続） of all",
        10,
        _OFFICE,
        _SEAT,
        odd=(
            Odd(of=("member",), share=0.5, template="{mark}{seat}（{name}君）（続）", again=True),
            Odd(
                of=("head", "executive"),
                share=0.3,
                template="{mark}{office}（{name}君）（続）",
                again=True,
            ),
            Odd(of=("chair", "member"), share=0.2, midline=True),
        ),
    ),
    _shape("party in brackets", 11, _RUN, "{mark}{name}議員（{party}）"),
    _shape("party behind 君", 11, _OFFICE, "{mark}{name}君（{party}）"),
    _shape("party behind the seat", 11, _OFFICE, "{mark}{seat}（{name}君）（{party}）"),
    _shape("surname office", 12, "{mark}{surname}{office}", "{mark}{surname}議員"),
    _shape("office alone", 12, "{mark}{office}", "{mark}{seat}（{name}君）"),
    _shape(
        "番外［office］",
        13,
        _OFFICE,
        _SEAT,
        odd=(
            Odd(of=("head", "executive"), share=1.0, template="{mark}番外［{office}］（{name}君）"),
        ),
    ),
    _shape(
        "office［office］",
        13,
        _OFFICE,
        _SEAT,
        odd=(
            Odd(
                of=("executive",), share=0.4, template="{mark}{office}［選管事務局長］（{name}君）"
            ),
        ),
    ),
    _shape("many decoys", 14, _OFFICE, _SEAT, decoys=0.8),
    _shape("many decoys, office alone", 14, "{mark}{office}", "{mark}{seat}", decoys=0.8),
    _shape("many decoys, name office", 14, _RUN, _RUN_MEMBER, decoys=0.8),
    _shape(
        "name broken",
        15,
        _OFFICE,
        _SEAT,
        odd=(
            Odd(of=_SPEAKERS, share=0.3, template="{mark}{office}（{first}\n{rest}君）"),
            Odd(of=("member",), share=0.3, template="{mark}{seat}（{first}\n{rest}君）"),
        ),
    ),
    _shape(
        "name broken, name office",
        15,
        _RUN,
        _RUN_MEMBER,
        odd=(
            Odd(of=_SPEAKERS, share=0.3, template="{mark}{first}\n{rest}{office}"),
            Odd(of=("member",), share=0.3, template="{mark}{first}\n{rest}議員"),
        ),
    ),
)
SHAPES = USUAL + ROWS
"""All shapes, each with a name of its own."""
