"""The documents of one tender, and by which rule they were joined, as text."""

from __future__ import annotations

from answers.joining import JoinedTender
from presenting.safe_text import one_line
from presenting.tenders import RULES, VERSIONS
from search_cli.terminal import Style


def versions_text(joined: JoinedTender, id: str, style: Style) -> str:
    """A line for each version, the one shown marked, then the rules between each two."""
    places = {version.id: number for number, version in enumerate(joined.versions, 1)}
    lines = [style.strong("同じ案件の文書")]
    for version in joined.versions:
        mark = "▶" if version.id == id else " "
        told = f"{version.day or '日付なし'}  {VERSIONS[version.stage]}"
        lines.append(f"{mark} {places[version.id]}  {told}  {one_line(version.id)}")
    lines += [
        style.faint(
            f"  {places[joint.one]}と{places[joint.other]}: "
            + "、".join(f"{RULES[rule]} ({rule.value})" for rule in joint.rules)
        )
        for joint in joined.joints
    ]
    return "\n".join(lines)
