"""What a page or an address is, in words."""

from __future__ import annotations

from answers.detected import DetectedAnswer
from presenting.names import body_name
from presenting.safe_text import one_line


def detected_text(answer: DetectedAnswer) -> str:
    """A line per platform, then one per source that is registered there."""
    if answer.unreadable is not None:
        lines = [f"unknown  {answer.unreadable}"]
    elif not answer.platforms:
        hint = "" if answer.looked else "; save the page and add --file page.html to look into it"
        lines = [f"unknown  no platform knows it{hint}"]
    else:
        lines = [
            f"{name}  {'can be an entry' if entry else 'not an entry page, but known'}"
            for name, entry in answer.platforms
        ]
    lines += [
        f"registered  {one_line(source.url)}  {body_name(source.body)} ({source.id})"
        for source in answer.registered
    ]
    return "\n".join(lines)
