"""What days and bodies are called."""

from __future__ import annotations

from datetime import date

from kazami.bodies import load_bodies
from kazami.dates import wareki


def day_text(day: date | None) -> str:
    """``令和4年3月1日 (2022-03-01)``; 日付なし for none."""
    if day is None:
        return "日付なし"
    return f"{wareki(day)} ({day.isoformat()})"


def body_name(code: str) -> str:
    """``群馬県桐生市``, or the code where it is none of ours."""
    body = load_bodies().get(code)
    return body.full_name if body else code
