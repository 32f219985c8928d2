"""AmiVoice's system replayed from documents: sessions by tens, sittings by tens, texts in UTF-8.

The pages have the shape of public copies of 沼津市's (2026), with its double DOCTYPE string and a
``<td />`` that closes nothing. Not known, and made by likeness: the second page of the sittings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote_to_bytes

from kazami.document import Document
from replay.answers import Reply, not_found
from replay.speaker_lines import speaker_label

ROWS = 10
HTML = "text/html; charset=utf-8"

_TITLE = re.compile(r"(?P<session>.+?)(?P<day>（第[^（）]+[日号][^（）]*）)?")

_PAGE = """\
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN""http://www.w3.org/html4/loose">
<html lang="ja"> <!--MINUTESWRITER-->
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>会議記録検索システム</title>
<script type="text/javascript" src="js/search.js"></script>
</head>
<body{attributes}>
{body}
</BODY>
</HTML>"""

_LIST = """\
<a href="search.exe?process=list_vcsm"><img src="images/navi_itiran.gif" alt="会議一覧"></a>
<!--   <td><a href="search.exe?vcsm=m0.vcsm&process=list">旧会期</a></td> -->
<table width="800" border="0"><tr>
<td width="20" valign="top" />
<td width="480" valign="top">
<form method="POST" action="search.exe" style="margin:0px;">
{hidden}
<table width="400">
<tr bgcolor="#c8ff99"><th>開催年</th><th>{head}</th></tr>
{rows}
</table>
<table><tr><td align="left">{before}</td><td align="right">{after}</td></tr></table>
</form>
</td></tr></table>"""

_ROW = '<tr class="lightgreen">\n\t<td>{day}　</td>\n\t<td>{link}</td>\n</tr>'
_BUTTON = '<input type="image" name="param[{where},cur_id:{at}]" alt="{name}の10件" height="25">'
_LINE = '<div class="nospace"><center><img src="images/thin_gray_line_s.gif"></center></div><br>\n'
_GAP = '<img src="images/spacer.gif" width="1" height="8"><br>'


@dataclass
class _Session:
    name: str
    label: str
    committee: bool
    sittings: list[str] = field(default_factory=list)


class City:
    """The lists and texts of one assembly under ``/slug/usr/``.

    A document whose key ends with a name of the site (``numazu/v20260513_02``) keeps it.
    ``sittings`` maps names to what is served. Raises ReplayError for what has no place there.
    """

    def __init__(self, slug: str, documents: Iterable[Document]) -> None:
        self.slug = slug
        self.sittings: dict[str, Document] = {}
        self.sessions: dict[str, _Session] = {}
        for document in sorted(documents, key=lambda each: each.date, reverse=True):
            name = document.key.rpartition("/")[2]
            if not re.fullmatch(r"v\d{8}_\d{2}", name) or name in self.sittings:
                name = f"v{document.date:%Y%m%d}_{len(self.sittings):02}"
            for passage in document.passages:
                speaker_label(document, passage, courtesy="")
            self.sittings[name] = document
            title = _TITLE.fullmatch(document.title)
            label = title["session"].strip() if title else document.title
            committee = "委員会" in label
            known = next((each for each in self.sessions.values() if each.label == label), None)
            if known is None:
                number = len(self.sessions)
                code = f"---{number}" if committee else f"m{document.date:%Y%m%d}_{number}.vcsm"
                known = self.sessions[code] = _Session(code, label, committee)
            known.sittings.append(name)

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The answer to one request under /slug/."""
        place, _, query = path.partition("?")
        if place != f"/{self.slug}/usr/search.exe":
            return not_found(path)
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        at = 0
        if method == "POST":
            form = parse_qs(unquote_to_bytes(body).decode("utf-8"))
            asked = {name: values[0] for name, values in form.items()}
            button = next((name for name in asked if name.endswith(".x")), "")
            said = re.fullmatch(r"param\[process:(\w+),cur_id:(\d+)\]\.x", button)
            if said is None or f"{button[:-1]}y" not in asked:
                return not_found(path)
            asked["process"], at = said[1], int(said[2])
        match asked.get("process"):
            case "list_vcsm":
                return self._sessions(at)
            case "list" if asked.get("vcsm") in self.sessions:
                return self._sittings(self.sessions[asked["vcsm"]], at)
            case "disp_right":
                return self._text(asked.get("vcsv", ""))
        return not_found(path)

    def _sessions(self, at: int) -> Reply:
        held = [each for each in self.sessions.values() if not each.committee]
        rows = []
        for each in held[at : at + ROWS]:
            first = min(self.sittings[name].date for name in each.sittings)
            rows.append((f"{first:%Y/%m/%d}", each))
        rows += [("", each) for each in self.sessions.values() if each.committee]
        links = [
            _ROW.format(
                day=day,
                link=f'<a href="search.exe?vcsm={quote(each.name)}&process=list">'
                f"{html.escape(each.label)}</a>",
            )
            for day, each in rows
        ]
        return _list("会期名", links, "process:list_vcsm", at, len(held))

    def _sittings(self, session: _Session, at: int) -> Reply:
        links = []
        for name in sorted(session.sittings, key=lambda name: self.sittings[name].date):
            document = self.sittings[name]
            call = f"DataSubmit4('search.exe?vcsv={name}.vcsv&process=disp_base');"
            links.append(
                _ROW.format(
                    day=f"{document.date:%Y/%m/%d}",
                    link=f'<a href="#" onClick="{call}">{html.escape(document.title)}</a>',
                )
            )
        hidden = f'<input type="hidden" name="vcsm" value="{session.name}">'
        shown = links[at : at + ROWS]
        return _list("会議記録名", shown, "process:list", at, len(links), hidden)

    def _text(self, name: str) -> Reply:
        document = self.sittings.get(name.removesuffix(".vcsv"))
        blocks = []
        if document is not None and name.endswith(".vcsv"):
            if document.front_matter:
                blocks.append(f"{_GAP}{_broken(document.front_matter)}</a>")
            for passage in document.passages:
                label = html.escape(speaker_label(document, passage, courtesy=""), quote=False)
                blocks.append(f"<b>○{label}</b></a><br>{_GAP}{_broken(passage.text)}<br><br><br>")
        said = "".join(
            f'<div class="sub2"><a id="{n:05}" name="{n:05}">{block}</div>\n{_LINE}'
            for n, block in enumerate(blocks)
        )
        title = html.escape(document.title, quote=False) if document and blocks else ""
        body = (
            f'\t<div class="whitebag_right">\n\t\t<div class="NameArea">会議名：{title}</div>\n'
            f"\t\t<br>\n\n{said}</div>"
        )
        return _reply(body, ' class="lightgreen"')


def _list(
    head: str, rows: Sequence[str], where: str, at: int, total: int, hidden: str = ""
) -> Reply:
    return _reply(
        _LIST.format(
            hidden=hidden,
            head=head,
            rows="".join(rows),
            before=_BUTTON.format(where=where, at=at - ROWS, name="前") if at else "",
            after=_BUTTON.format(where=where, at=at + ROWS, name="次") if at + ROWS < total else "",
        )
    )


def _broken(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def _reply(body: str, attributes: str = "") -> Reply:
    return Reply(body=_PAGE.format(body=body, attributes=attributes).encode(), content_type=HTML)
