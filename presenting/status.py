"""What is collected and indexed, for other programs: JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kazami.document import Kind
from presenting.export import to_json
from presenting.names import body_name
from presenting.schema import VERSION

if TYPE_CHECKING:
    from answers.status import BodyCounts, KindCounts, SourceRun, StatusAnswer


def status_json(data: Path, answer: StatusAnswer | None) -> str:
    """The most spoken bodies and the latest runs first; ``index`` is null where nothing is."""
    extent = answer and answer.extent
    return to_json(
        {
            "schema": VERSION,
            "data": str(data),
            "documents": extent.documents if extent else 0,
            "passages": extent.passages if extent else 0,
            "since": extent.first.isoformat() if extent and extent.first else None,
            "until": extent.last.isoformat() if extent and extent.last else None,
            "undated": extent.undated if extent else 0,
            "kinds": _kinds(extent.by_kind) if extent else [],
            "bodies": [_body(*each) for each in answer.ranked] if answer else [],
            "runs": [_run(run) for run in answer.latest] if answer else [],
            "index": _index(answer) if answer else None,
            "corrections": len(answer.corrections.corrections) if answer else 0,
            "corrections_lost": answer.corrections.lost if answer else 0,
        }
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _body(code: str, counts: BodyCounts) -> dict[str, object]:
    return {
        "body": code,
        "body_name": body_name(code),
        "documents": counts.documents,
        "passages": counts.passages,
        "kinds": _kinds(counts.by_kind),
        "since": _iso(counts.first),
        "until": _iso(counts.last),
        "last_fetched": counts.last_fetched.isoformat(),
    }


def _kinds(by_kind: Mapping[Kind, KindCounts]) -> list[dict[str, object]]:
    return [{"kind": kind.value, **by_kind[kind]._asdict()} for kind in Kind if kind in by_kind]


def _run(run: SourceRun) -> dict[str, object]:
    return {
        "source": run.source,
        "started": run.started.isoformat(),
        "finished": _moment(run.finished),
        "status": run.status,
        "pages": run.pages,
        "new": run.new,
        "changed": run.changed,
        "unchanged": run.unchanged,
        "missing": run.missing,
        "failed": run.failed,
        "note": run.note,
    }


def _index(answer: StatusAnswer) -> dict[str, object]:
    index = answer.index
    return {
        "waiting": index.waiting,
        "problem": index.problem,
        "kinds": [
            {"kind": cell.group, "documents": cell.documents, "passages": cell.passages}
            for cell in index.kinds
        ],
    }


def _moment(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
