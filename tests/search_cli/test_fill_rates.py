"""A person sees how much of each field a source's latest documents fill, and its usual."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kazami.fills import Fills, Rate
from kazami.store import SourceRun, open_folder
from tests.search_cli.conftest import Kazami, invented

KIRYU = "102032/minutes/discussnet"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
FILLS = Fills(
    latest={
        "speaker": Rate(6, 5.988, 5.98),
        "role": Rate(6, 0.744, 0.2),
        "stance": Rate(6, 6.0, 6.0),
        "page": Rate(6, 0.0, 0.0),
    },
    usual={
        "speaker": Rate(50, 49.95, 49.9),
        "role": Rate(50, 48.55, 48),
        "page": Rate(50, 0.0, 0.0),
    },
)


def test_the_latest_rates_stand_beside_the_usual_ones(data: Path, kazami: Kazami) -> None:
    data.mkdir()
    with open_folder(data) as store:
        for fills, note in ((FILLS, "role (役職): 12.4% filled"), (None, None)):
            run = store.start_run(NOW, "")
            store.record_source_run(SourceRun(run, KIRYU, NOW, NOW, "ok", note=note, fills=fills))
            if note:
                listed = kazami("sources", "list", "--health", "alarm", "--format", "csv").stdout
                assert KIRYU in listed
                assert f"備考  {note}" in kazami("sources", "show", KIRYU).stdout
    # A later run that stored nothing leaves them to be seen. What is never filled is left out.
    assert (
        "記入率  発言者 99.8%（いつも99.9%）、役職 12.4%（いつも97.1%）、立場 100.0%（最近の6件）\n"
    ) in kazami("sources", "show", KIRYU).stdout


def test_without_a_count_on_record_what_is_stored_is_usual(data: Path, kazami: Kazami) -> None:
    assert "記入率" not in kazami("sources", "show", KIRYU).stdout
    data.mkdir()
    with open_folder(data) as store:
        store.put([invented()], source=KIRYU)
    shown = kazami("sources", "show", KIRYU).stdout
    assert "発言者 いつも75.0%、役職 いつも75.0%、立場 いつも100.0%、ページ いつも50.0%" in shown
    assert "最近の" not in shown
