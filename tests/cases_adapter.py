"""Asks kazami for one input of a public bug report; each function takes a line of variants.jsonl.

``../shared/cases/run.py`` prefers this copy to its own, because it follows the code's names. A
function here only calls kazami and shapes the answer: it never mends it.
"""

import json
import tempfile
from pathlib import Path


def kazami(data, *arguments):
    """``kazami --data DATA …`` as it is typed, but in this process: a new one takes a second."""
    from click.testing import CliRunner

    from search_cli.main import main

    return CliRunner().invoke(main, ["--data", data, *arguments])


def body_of(v):
    raw = v["text"].encode(v.get("enc", "utf-8"))
    for a, b in v.get("hex_after", []):  # put raw bytes after a text
        raw = raw.replace(
            a.encode(v.get("enc", "utf-8")), a.encode(v.get("enc", "utf-8")) + bytes.fromhex(b)
        )
    return bytes.fromhex(v.get("prefix_hex", "")) + raw


def robots_allow(v):
    from crawler.permission.robots import Rules

    return Rules(body_of(v)).allow(v["url"])


def robots_delay(v):
    from crawler.permission.robots import Rules

    return Rules(body_of(v)).delay


def robots_same_rules(v):
    from crawler.permission.robots_history import rules_of

    return rules_of(v["first"].encode()) == rules_of(v["second"].encode())


def turns(v):
    """[[speaker, office or seat as printed, stance], …]"""
    from crawler.reading.turns import turns

    _, said = turns("\n".join(v["lines"]))
    return [[t.who.speaker, t.who.seat or t.who.role, t.who.stance.value] for t in said]


def day(v):
    from crawler.reading.sitting_days import sitting_day

    return str(sitting_day(v["front"], v["words"]))


def link_day(v):
    from crawler.page import Follow, Page
    from crawler.platforms.own_pages import pdf as pdf_minutes

    home = "https://www.town.reiji.lg.jp/gikai/index.html"
    out = pdf_minutes.parse_list(
        Page(home, v["text"].encode(), "text/html; charset=utf-8"), options=v["options"], home=home
    )
    return [str(o.day) for o in out if isinstance(o, Follow)]


def links(v):
    from crawler.page import Follow, Page, PageChanged
    from crawler.platforms.own_pages import pdf as pdf_minutes

    home = "https://www.town.reiji.lg.jp/gikai/index.html"
    try:
        out = list(
            pdf_minutes.parse_list(
                Page(home, v["text"].encode(), "text/html; charset=utf-8"),
                options=v["options"],
                home=home,
            )
        )
    except PageChanged:
        return []
    return [o.url for o in out if isinstance(o, Follow)]


def same_keys(v):
    from crawler.page import Listed, Page
    from crawler.platforms.own_pages import pdf as pdf_minutes

    home = "https://www.town.reiji.lg.jp/gikai/index.html"
    seen = [
        [
            o.documents
            for o in pdf_minutes.parse_list(
                Page(home, t.encode(), "text/html; charset=utf-8"), options=v["options"], home=home
            )
            if isinstance(o, Listed)
        ]
        for t in (v["first"], v["second"])
    ]
    return seen[0] == seen[1]


def html_text(v):
    from crawler.page import Blocked, Page, PageChanged, refuse
    from crawler.platforms.own_pages.links import html

    page = Page("https://www.town.reiji.lg.jp/gikai/1.html", body_of(v), v.get("content_type"))
    try:
        refuse(page)
        return " ".join(html(page).text_content().split())
    except (Blocked, PageChanged) as error:
        return type(error).__name__


def stance(v):
    from crawler.reading.stance import stance_of

    return stance_of(v["role"]).value


def body(v):
    from kazami.bodies import load_bodies

    try:
        return load_bodies().find(v["text"]).code
    except Exception as error:
        return type(error).__name__


def finds(v):
    """Imports one passage and says whether the query finds it."""
    with tempfile.TemporaryDirectory() as d:
        doc = {
            "body": "桐生市",
            "kind": "minutes",
            "key": "1",
            "date": "2024-03-01",
            "title": "令和6年第1回定例会",
            "passages": [
                {
                    "text": v["text"],
                    "speaker": v.get("speaker", "例示花子"),
                    "role": v.get("role", "市長"),
                    "stance": "answer",
                }
            ],
        }
        Path(d, "a.jsonl").write_text(json.dumps(doc, ensure_ascii=False) + "\n", "utf-8")
        for args in (["import", f"{d}/a.jsonl"], ["index"]):
            done = kazami(f"{d}/d", *args)
            assert done.exit_code == 0, done.output
        options = [*v.get("options", []), "--format", "json"]
        out = kazami(f"{d}/d", "search", *options, "--", v["query"])
        assert out.exit_code == 0, out.output
        return json.loads(out.stdout)["total"] == 1


def imported(v):
    """Imports several lines one file after the other: how many documents there are then."""
    with tempfile.TemporaryDirectory() as d:
        for n, line in enumerate(v["lines"]):
            Path(d, f"{n}.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
            kazami(f"{d}/d", "import", f"{d}/{n}.jsonl")
        kazami(f"{d}/d", "index")
        out = kazami(f"{d}/d", "search", "--format", "json", "role:*")
        return json.loads(out.stdout)["total"] if out.exit_code == 0 else 0
